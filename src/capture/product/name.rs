//! What a product is called.

use super::any;

/// Whether a page that bears `text` may be about what is called `name`: where there is no text, and where no word tells.
pub(super) fn relates(name: &str, text: &str) -> bool {
    let (mut relates, mut tells) = (text.is_empty() || !name.is_ascii(), false);
    for word in name.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()).filter(|word| word.len() > 2) {
        tells = true;
        relates |= contains(text, word);
    }
    relates || !tells
}

/// Whether `text` has `part` in it, in whatever case.
pub(super) fn contains(text: &str, part: &[u8]) -> bool {
    part.is_empty() || text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part))
}

/// Whether `text` is the name, alone or with more behind it that a mark divides from it: `Shirt – Red`.
pub(super) fn names(text: &str, name: &str) -> bool {
    let rest = behind(text, name).filter(|_| !name.is_empty());
    let next = |rest: &str| rest.trim_ascii_start().bytes().next();
    // Beyond ASCII, marks begin with these bytes of UTF-8: `·` and `»`, `–` and `•`.
    rest.is_some_and(|rest| next(rest).is_none_or(|byte| byte.is_ascii_punctuation() || matches!(byte, 0xC2 | 0xE2)))
}

/// Whether what bears that name, and is not for sale, is the customer's own: a list, an order, "Anna's wardrobe".
pub(super) fn is_customers_own(name: &str) -> bool {
    let is_mine = |what: &str| any(OWNED, &mut |one| behind(what, one).is_some());
    let is_somebody_s = |owner: &str| any("'s |’s |s' |s’ ", &mut |end| before(owner, end).is_some());
    any(OWNERS, &mut |owner| behind(name, owner).is_some_and(is_mine))
        || any(OWNED, &mut |one| before(name, one).is_some_and(is_somebody_s))
        || behind(name, "order ").is_some_and(|number| any(NUMBERS, &mut |one| behind(number, one).is_some()))
}

/// What stands before an end, in whatever case.
fn before<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let (rest, own) = text.split_at_checked(text.len().checked_sub(end.len())?)?;
    own.eq_ignore_ascii_case(end).then_some(rest)
}

/// What stands behind a beginning, in whatever case.
fn behind<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    let (own, rest) = text.split_at_checked(beginning.len())?;
    own.eq_ignore_ascii_case(beginning).then_some(rest)
}

/// The customer, as the page speaks to them.
const OWNERS: &str = "my |your |saved |meine |mein |ma |mes |mi |mis ";

/// How the number of an order begins.
const NUMBERS: &str = "#|no |no. |nr |nr. |number |0|1|2|3|4|5|6|7|8|9";

/// What is a customer's own, in one word or two.
const OWNED: &str = "wardrobe|closet|wishlist|wish list|list|lists|favourites|favorites|registry|orders|order|account|profile|cart\
    |shopping|saved|items|wunschliste|merkliste|merkzettel|liste|favoris|favoritos|lista|commande|pedido";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_customer_has_is_no_product() {
        for own in [
            "Anna's wardrobe",
            "Zoë’s Closet",
            "James' favourites",
            "Ada Lovelace's wish list",
            "My wardrobe",
            "My shopping list",
            "Your order 1",
            "Order #10432",
            "Order 10432",
            "Order no. 10432",
            "Saved items",
            "Meine Wunschliste",
            "Ma liste d'envies",
            "Mi lista de deseos",
            "MY FAVOURITES",
        ] {
            assert!(is_customers_own(own), "{own}");
        }
        for product in [
            "Oak wardrobe",
            "Order book A5",
            "Order notebook",
            "Levi's 501",
            "Mum's list pad",
            "Men's shirt",
            "Myrtle oil",
            "Safe",
            "Wish list cards",
            "My little pony",
            "Ma Griffe",
            "",
        ] {
            assert!(!is_customers_own(product), "{product}");
        }
    }

    #[test]
    fn a_text_names_what_it_begins_with_up_to_a_mark() {
        for text in ["Shirt", "SHIRT", "Shirt – Red", "Shirt, red", "Shirt | Fern", "Shirt: red"] {
            assert!(names(text, "Shirt"), "{text}");
        }
        for text in ["", "Shirts", "Shirt red", "Our Shirt", "Sh", "Shir\u{fb}"] {
            assert!(!names(text, "Shirt"), "{text}");
        }
        assert!(!names("Shirt", ""));
    }

    #[test]
    fn a_page_that_bears_another_heading_is_about_something_else() {
        assert!(
            relates("Linen dress", "Our dresses")
                && relates("Belt", "")
                && relates("帽子", "Hats")
                && relates("X", "Y")
        );
        assert!(!relates("Belt", "Who we are"));
    }
}
