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

/// Whether what bears that name is the customer's own: a list, an order, "Anna's wardrobe". That is nobody's product.
pub(super) fn is_customers_own(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_owned = OWNED.iter().any(|what| {
        let before = name.strip_suffix(what).unwrap_or_default();
        let owner = ["'s ", "’s ", "s' ", "s’ "].iter().find_map(|ending| before.strip_suffix(ending));
        owner.is_some_and(|owner| !AUDIENCES.iter().any(|audience| owner.ends_with(audience)))
    });
    let begins = |(mine, what): &(&str, &[&str])| {
        name.strip_prefix(mine).is_some_and(|rest| what.iter().any(|what| rest.starts_with(what)))
    };
    is_owned || MINE.iter().any(begins)
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

/// For whom wardrobes and carts are made. `'s` or an apostrophe comes behind.
const AUDIENCES: &[&str] = &[
    "men", "man", "kid", "child", "children", "girl", "boy", "baby", "babie", "doll", "mother", "butler", "lad",
    "gardener", "dog", "cat",
];

/// How names of what the customer has themselves begin.
const MINE: &[(&str, &[&str])] = &[
    ("my ", LISTS),
    ("your ", LISTS),
    ("saved ", &["item", "list", "product", "search"]),
    ("order ", &["#", "no", "1", "2", "3", "4", "5", "6", "7", "8", "9"]),
    ("mein", &["e wunsch", " merk", "e bestell", " warenkorb"]),
    ("m", &["a liste", "es favoris", "i lista", "is favoritos", "es commandes"]),
];
const LISTS: &[&str] =
    &["wardrobe", "closet", "wish", "list", "shopping", "favo", "order", "account", "registry", "saved", "cart"];

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
            "Children's wardrobe",
            "Men's closet",
            "Kids' wardrobe",
            "Women’s Wardrobe",
            "Order book A5",
            "Levi's 501",
            "Mum's list pad",
            "Men's shirt",
            "Myrtle oil",
            "Saved by the bell",
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
