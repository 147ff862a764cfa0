//! What a product is called.

use crate::privacy::cut;

/// A text as people read it: entities decoded, however often they were encoded, tags taken out, and one blank between two words.
pub(super) fn clean(text: &str) -> String {
    let text = replaced(&replaced(text, '&', character), '&', character);
    replaced(&text, '<', tag).split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with the character in the place of what begins with `mark`, where `read` reads one from what stands behind; it returns how
/// many bytes of that it took.
fn replaced(text: &str, mark: char, read: fn(&str) -> Option<(char, usize)>) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    loop {
        let (before, behind) = cut(rest, mark);
        replaced += before;
        if before.len() == rest.len() {
            return replaced;
        }
        let (character, taken) = read(behind).unwrap_or((mark, 0));
        replaced.push(character);
        rest = &behind[taken..];
    }
}

// What an entity stands for: by its number, or by the name that HTML gives it where it is a usual one.
fn character(behind: &str) -> Option<(char, usize)> {
    let (name, rest) = cut(behind, ';');
    let taken = name.len() + 1;
    if rest.len() + taken > behind.len() || name.len() > LONGEST {
        return None;
    }
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return Some((char::from_u32(number.ok()?).filter(|character| *character >= ' ')?, taken));
    }
    let named = NAMED.iter().find(|(one, _)| *one == name);
    let character = named.map(|(_, character)| *character).or_else(|| {
        let letter = name.chars().next().filter(char::is_ascii)?;
        let (_, letters) = ACCENTS.iter().find(|(accent, _)| name[1..] == **accent)?;
        let mut letters = letters.chars().skip_while(|one| *one != letter);
        letters.nth(1)
    });
    Some((character?, taken))
}

fn tag(behind: &str) -> Option<(char, usize)> {
    let (name, _) = cut(behind, '>');
    let is_tag =
        name.len() < behind.len() && name.starts_with(|letter: char| letter == '/' || letter.is_ascii_alphabetic());
    is_tag.then_some((' ', name.len() + 1))
}

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

/// Longer than an entity's name or number is.
const LONGEST: usize = 10;

const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("hellip", '…'),
    ("reg", '®'),
    ("copy", '©'),
    ("trade", '™'),
    ("deg", '°'),
    ("times", '×'),
    ("szlig", 'ß'),
    ("aelig", 'æ'),
    ("oslash", 'ø'),
    ("aring", 'å'),
];

/// What follows a letter's name where it has an accent, and each letter before what it is with it.
const ACCENTS: &[(&str, &str)] = &[
    ("acute", "aáeéiíoóuúAÁEÉIÍOÓUÚ"),
    ("grave", "aàeèiìoòuùAÀEÈ"),
    ("circ", "aâeêiîoôuûEÊ"),
    ("uml", "aäeëiïoöuüAÄOÖUÜ"),
    ("tilde", "nñaãoõNÑ"),
    ("cedil", "cçCÇ"),
];

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
    fn a_name_is_as_people_read_it() {
        for (written, read) in [
            ("Levi&#039;s 501 &amp; belt", "Levi's 501 & belt"),
            ("Mum&#x27;s &quot;best&quot; mug", "Mum's \"best\" mug"),
            ("Salt &amp;amp; pepper", "Salt & pepper"),
            ("Caf&eacute; cr&egrave;me &uuml;ber &Ntilde;", "Café crème über Ñ"),
            ("  Oak \n chair&nbsp;2 ", "Oak chair 2"),
            ("Vase <b>tall</b><br/>red", "Vase tall red"),
            ("a < b > c", "a < b > c"),
            ("AT&T; &bogus; & &; &#; &#xD800; &#0;", "AT&T; &bogus; & &; &#; &#xD800; &#0;"),
            ("&&&amp;&éacute;", "&&&&éacute;"),
            ("ada&#64;example.com", "ada@example.com"),
        ] {
            assert_eq!(clean(written), read, "{written}");
        }
    }

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
