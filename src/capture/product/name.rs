//! What a product is called.

/// Whether a page that bears `text` may be about what is called `name`: where there is no text, and where no word tells.
pub(super) fn relates(name: &str, text: &str) -> bool {
    let [name, text] = [name, text].map(str::to_ascii_lowercase);
    let mut words =
        name.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()).filter(|word| word.len() > 2).peekable();
    text.is_empty() || !name.is_ascii() || words.peek().is_none() || words.any(|word| contains(text.as_bytes(), word))
}

/// Whether `text` has `part` in it.
pub(super) fn contains(text: &[u8], part: &[u8]) -> bool {
    part.is_empty() || text.windows(part.len()).any(|window| window == part)
}

/// Whether what bears that name, and is not for sale, is the customer's own: a list, an order, "Anna's wardrobe".
pub(super) fn is_customers_own(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_somebody_s = |owner: &str| ["'s ", "’s ", "s' ", "s’ "].iter().any(|ending| owner.ends_with(ending));
    OWNED.iter().any(|what| name.strip_suffix(what).is_some_and(is_somebody_s))
        || MINE.iter().any(|mine| name.starts_with(mine))
        || name.strip_prefix("order ").is_some_and(|number| number.starts_with(|digit: char| digit.is_ascii_digit()))
}

/// What is somebody's whose name stands before it.
const OWNED: &[&str] = &[
    "wardrobe",
    "closet",
    "wishlist",
    "wish list",
    "list",
    "lists",
    "favourites",
    "favorites",
    "registry",
    "orders",
    "order",
    "account",
    "profile",
    "cart",
];

/// How the names begin of what the customer has themselves.
const MINE: &[&str] = &[
    "my wardrobe",
    "my closet",
    "my wish",
    "my list",
    "my shopping",
    "my favo",
    "my order",
    "my account",
    "my saved",
    "my cart",
    "your order",
    "your wish",
    "your list",
    "your account",
    "your cart",
    "saved ",
    "order #",
    "order no",
    "meine wunsch",
    "mein merk",
    "ma liste",
    "mes favoris",
    "mi lista",
    "mis favoritos",
];

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
            "Saved items",
            "Meine Wunschliste",
            "Ma liste d'envies",
            "Mi lista de deseos",
        ] {
            assert!(is_customers_own(own), "{own}");
        }
        for product in [
            "Oak wardrobe",
            "Order book A5",
            "Levi's 501",
            "Mum's list pad",
            "Men's shirt",
            "Myrtle oil",
            "Safe",
            "Wish list cards",
            "",
        ] {
            assert!(!is_customers_own(product), "{product}");
        }
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
