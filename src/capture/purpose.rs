//! What a form is for, by what its markup says: a search discloses nothing of whoever searches.

use super::FormField;

/// What a form is for that discloses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It searches the site.
    Search,
    /// It closes a dialog (HTML standard, `method=dialog`).
    Dialog,
}

/// What the markup of a form says of its purpose.
#[derive(Clone, Copy, Debug, Default)]
pub struct FormMarkup<'a> {
    /// The method that it is sent with.
    pub method: &'a str,
    /// Whether it lies in a `search` element or one of that role.
    pub is_in_search: bool,
    /// Its name, id, class, action and accessible name, and the id and class of what lies around it.
    pub form: &'a str,
    /// The same of the button that it was submitted by, and its text.
    pub button: &'a str,
}

impl Purpose {
    /// What a form with these fields is for. Names differ from shop to shop, so what people read counts too, and a form that asks
    /// for more than some words is no search, whatever it is called.
    pub fn of(markup: FormMarkup<'_>, fields: &[FormField]) -> Option<Purpose> {
        let FormMarkup { method, is_in_search, form, button } = markup;
        if method.eq_ignore_ascii_case("dialog") {
            return Some(Purpose::Dialog);
        }
        // A button for searching, in a form for all of a page.
        if says_search(button) {
            return Some(Purpose::Search);
        }
        if fields.iter().any(|field| DISCLOSING.contains(&&*field.kind)) {
            return None;
        }
        // A form that is posted may have a field called `q`; one that is got with it is what browsers know as a search.
        let is_got = !method.eq_ignore_ascii_case("post");
        let words = words_asked_for(fields, is_got);
        let is_search = match &*words {
            _ if is_in_search => true,
            [] => is_got && says_search(form),
            [field] => *field.kind == *"search" || says_search(form) || asks(field, is_got),
            _ => is_got && says_search(form),
        };
        is_search.then_some(Purpose::Search)
    }
}

/// The fields for words of one's own. One without a name is sent by nobody but a script: in a form that is posted it is a picker's.
fn words_asked_for(fields: &[FormField], is_got: bool) -> Vec<&FormField> {
    let named = |field: &&FormField| !field.name.is_empty() || is_got;
    fields.iter().filter(|field| matches!(&*field.kind, "text" | "search")).filter(named).collect()
}

fn asks(field: &FormField, is_got: bool) -> bool {
    let is_named = is_got && QUERIES.split('|').any(|name| field.name.eq_ignore_ascii_case(name));
    is_named || [&field.name, &field.id, &field.called].into_iter().any(|text| says_search(text))
}

fn says_search(text: &str) -> bool {
    let mut text = text.to_ascii_lowercase().into_bytes();
    for other in OTHERS.split('|') {
        while let Some(at) = place(&text, other) {
            text[at..at + other.len()].fill(b' ');
        }
    }
    SEARCHES.split('|').any(|word| place(&text, word).is_some())
}

/// Whether a text has a word. The standard library's own search is faster, and larger than all that is here.
pub(super) fn has(text: &str, word: &str) -> bool {
    place(text.as_bytes(), word).is_some()
}

fn place(text: &[u8], word: &str) -> Option<usize> {
    text.windows(word.len()).position(|part| part[0] == word.as_bytes()[0] && part == word.as_bytes())
}

/// The types of fields that no search has.
const DISCLOSING: [&str; 5] = ["password", "email", "tel", "file", "textarea"];

/// What shop systems and search engines call the field of a search, besides [`SEARCHES`].
const QUERIES: &str = "q|s|query|keyword|keywords|keys|kw|kwd|wd|ntt|sword|qs|term|phrase";

/// To search, as people read it and as addresses and ids have it. Without a first letter where that may be a capital that is not
/// ASCII.
const SEARCHES: &str = "search|recherch|suche|busca|búsqueda|busqueda|pesquis|ricerca|cerca|zoek|szuka|hledat|hľada|keresés|kereses|sök|søg|søk|soeg\
|haku|caută|cauta|tìm kiếm|timkiem|arama|оиск|айти|ошук|ναζήτησ|بحث|חיפוש|検索|搜索|搜尋|查找|검색|ค้นหา";

/// Words that have one of these in them.
const OTHERS: &str = "research|besuche|versuche|bezoek|verzoek|onderzoek|acerca";

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, kind: &str) -> FormField {
        FormField { name: name.into(), kind: kind.into(), ..FormField::default() }
    }

    #[test]
    fn a_search_and_a_dialog_disclose_nothing() {
        for (method, is_in_search, name, kind, purpose) in [
            ("get", false, "q", "text", Some(Purpose::Search)),
            ("", false, "query", "text", Some(Purpose::Search)),
            ("post", false, "q", "text", None),
            ("POST", false, "email", "search", Some(Purpose::Search)),
            ("post", false, "", "search", None),
            ("get", false, "", "search", Some(Purpose::Search)),
            ("post", true, "email", "text", Some(Purpose::Search)),
            ("Dialog", true, "q", "text", Some(Purpose::Dialog)),
            ("get", false, "email", "text", None),
            ("get", false, "q", "hidden", None),
            ("get", false, "q", "email", None),
        ] {
            let markup = FormMarkup { method, is_in_search, ..FormMarkup::default() };
            assert_eq!(Purpose::of(markup, &[field(name, kind)]), purpose, "{method} {name} {kind}");
        }
    }

    #[test]
    fn a_search_is_known_by_what_its_form_and_its_button_say() {
        for (method, form, button, is_search) in [
            ("post", "navbar_search", "", true),
            ("", "/Suche", "", true),
            ("", "", "Поиск", true),
            ("", "", "検索", true),
            ("post", "market-research", "", false),
            ("", "", "Zum Besuchen", false),
            ("post", "newsletter", "Go", false),
        ] {
            let purpose =
                Purpose::of(FormMarkup { method, form, button, ..FormMarkup::default() }, &[field("w", "text")]);
            assert_eq!(purpose.is_some(), is_search, "{form} {button}");
        }
    }

    #[test]
    fn a_form_that_asks_for_more_than_words_is_no_search() {
        let user = field("user", "search");
        let posted = FormMarkup { method: "post", form: "search-or-join", ..FormMarkup::default() };
        for more in [field("pw", "password"), field("mail", "email"), field("street", "text")] {
            assert_eq!(Purpose::of(posted, &[user.clone(), more]), None);
        }
        let pressed = FormMarkup { button: "ctl00_SearchButton", ..posted };
        assert_eq!(Purpose::of(pressed, &[user, field("mail", "email")]), Some(Purpose::Search));
    }
}
