//! Looking at JSON text.

use super::{MAX_DEPTH, Malformed};

/// One JSON value (RFC 8259), as a view into its text.
///
/// What [`Json::parse`] let through is JSON. A view of any other text is harmless: it finds fewer members, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    /// `[]`
    pub const EMPTY_LIST: Json<'static> = Json("[]");

    /// Checks that the text is one JSON value, with white space around it at most.
    ///
    /// # Errors
    /// [`Malformed`] names the byte where the text stops to be JSON.
    pub fn parse(text: &'a str) -> Result<Json<'a>, Malformed> {
        super::malformed::check(text, MAX_DEPTH).map(|()| Json::view(text))
    }

    /// Whether it is JSON, nested no deeper than that.
    pub(crate) fn is_within(self, depth: usize) -> bool {
        super::malformed::check(self.0, depth).is_ok()
    }

    /// Looks at text that is JSON already, as `JSON.stringify` writes it; or that may find no member, where it is not.
    pub fn view(text: &'a str) -> Json<'a> {
        Json(text.trim_ascii())
    }

    /// The value as it is written.
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        self.0 == "null"
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        self.0.starts_with('{')
    }

    /// Whether it is an array.
    pub fn is_array(self) -> bool {
        self.0.starts_with('[')
    }

    /// Whether it is a string.
    pub fn is_text(self) -> bool {
        self.0.starts_with('"')
    }

    /// The text of a string, without its escapes; `None` for any other value.
    ///
    /// A lone surrogate, which JavaScript's strings may hold and Rust's may not, becomes U+FFFD, as `TextEncoder` has it.
    pub fn text(self) -> Option<Box<str>> {
        if !self.is_text() {
            return None;
        }
        let mut rest = self.0.get(1..self.0.len() - 1)?;
        let mut out = String::with_capacity(rest.len());
        while let Some(escape) = rest.bytes().position(|byte| byte == b'\\') {
            out.push_str(&rest[..escape]);
            let mut escaped = rest[escape + 1..].chars();
            out.push(unescaped(&mut escaped)?);
            rest = escaped.as_str();
        }
        out.push_str(rest);
        Some(out.into_boxed_str())
    }

    /// The text of a string, or a number as it is written; `None` for any other value.
    pub fn text_or_number(self) -> Option<Box<str>> {
        match self.0.as_bytes().first()? {
            b'-' | b'0'..=b'9' => Some(self.0.into()),
            _ => self.text(),
        }
    }

    /// Whether it is the string `text`.
    pub fn is(self, text: &str) -> bool {
        // Every look at every member comes by here, and most differ in the first byte already: those are not copied.
        let first = self.0.as_bytes().get(1).copied().unwrap_or_default();
        (first == b'\\' || first == *text.as_bytes().first().unwrap_or(&b'"'))
            && self.text().is_some_and(|own| *own == *text)
    }

    /// The member of that name; of a name that stands twice the last, as `JSON.parse` has it. `None` for any other value.
    pub fn field(self, name: &str) -> Option<Json<'a>> {
        self.members().filter(|(key, _)| key.is(name)).last().map(|(_, value)| value)
    }

    /// The members of an object: name, which is a string, and value. None for any other value.
    pub fn members(self) -> Members<'a> {
        Members(self.inside(b'{'))
    }

    /// The items of an array; none for any other value.
    pub fn items(self) -> Items<'a> {
        Items(self.inside(b'['))
    }

    fn inside(self, bracket: u8) -> &'a str {
        let is_it = self.0.as_bytes().first() == Some(&bracket);
        self.0.get(1..self.0.len().saturating_sub(1)).filter(|_| is_it).unwrap_or("")
    }
}

/// See [`Json::members`].
#[derive(Clone, Debug)]
pub struct Members<'a>(&'a str);

impl<'a> Iterator for Members<'a> {
    type Item = (Json<'a>, Json<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let name = next(&mut self.0)?;
        Some((name, next(&mut self.0)?))
    }
}

/// See [`Json::items`].
#[derive(Clone, Debug)]
pub struct Items<'a>(&'a str);

impl<'a> Iterator for Items<'a> {
    type Item = Json<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        next(&mut self.0)
    }
}

/// Cuts the next value off, and the comma or colon behind it.
fn next<'a>(rest: &mut &'a str) -> Option<Json<'a>> {
    let text = *rest;
    let end = end_of_value(text.as_bytes());
    // Commas, colons, brackets and quotation marks are ASCII, so every cut is between characters.
    let value = Json::view(text.get(..end)?);
    *rest = text.get(end + 1..).unwrap_or("");
    (!value.0.is_empty()).then_some(value)
}

/// Where the first value of the text ends: at the first comma or colon that no string and no bracket encloses.
fn end_of_value(text: &[u8]) -> usize {
    let mut depth = 0_u32;
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => at = end_of_string(text, at),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' | b':' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// Where the quotation mark is that ends the string which begins there.
fn end_of_string(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => break,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    at
}

fn unescaped(rest: &mut core::str::Chars<'_>) -> Option<char> {
    Some(match rest.next()? {
        'b' => '\x08',
        'f' => '\x0c',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => unicode(rest)?,
        itself => itself,
    })
}

fn unicode(rest: &mut core::str::Chars<'_>) -> Option<char> {
    let first = hex4(rest)?;
    if (0xd800..0xdc00).contains(&first) {
        let mut ahead = rest.clone();
        if (ahead.next(), ahead.next()) == (Some('\\'), Some('u'))
            && let Some(second @ 0xdc00..0xe000) = hex4(&mut ahead)
        {
            *rest = ahead;
            return char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
        }
    }
    Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
}

fn hex4(rest: &mut core::str::Chars<'_>) -> Option<u32> {
    let mut code = 0;
    for _ in 0..4 {
        code = code * 16 + rest.next()?.to_digit(16)?;
    }
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn members_are_found_whatever_stands_between() {
        let json = Json::parse(r#" { "a" : [1, {"b": "},]"}] , "c\"" : "x\\" , "a":null } "#).unwrap();
        assert_eq!(&*json.field("c\"").unwrap().text().unwrap(), "x\\");
        assert!(json.field("a").unwrap().is_null(), "the last of that name");
        assert_eq!(json.field("b"), None, "not from within");
        let (_, first) = json.members().next().unwrap();
        let items: Vec<&str> = first.items().map(Json::as_str).collect();
        assert_eq!(items, ["1", r#"{"b": "},]"}"#]);
    }

    #[test]
    fn escapes_are_undone_and_lone_surrogates_replaced() {
        let text = |json: &str| Json::parse(json).unwrap().text();
        assert_eq!(&*text(r#""\ud83d\ude00\n\/""#).unwrap(), "😀\n/");
        assert_eq!(&*text(r#""\ud83dx\udc00""#).unwrap(), "\u{fffd}x\u{fffd}");
        assert_eq!(&*text(r#""\ud83d\u0041""#).unwrap(), "\u{fffd}A");
        assert_eq!(text("7"), None);
    }

    /// Looks at every part of a value, and compares it with what serde_json says.
    fn same(view: Json<'_>, value: &Value) -> Result<(), TestCaseError> {
        match value {
            Value::Object(members) => {
                prop_assert_eq!(view.members().count(), members.len());
                for (name, value) in members {
                    same(view.field(name).unwrap(), value)?;
                }
            }
            Value::Array(items) => {
                prop_assert_eq!(view.items().count(), items.len());
                for (view, item) in view.items().zip(items) {
                    same(view, item)?;
                }
            }
            Value::String(text) => prop_assert!(view.is(text)),
            other => prop_assert_eq!(view.as_str(), other.to_string()),
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn sees_what_serde_json_sees(value in crate::json::malformed::any_json(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
            same(Json::parse(&text).unwrap(), &value)?;
        }

        #[test]
        fn looking_at_any_text_is_harmless(text in any::<String>(), near in r#"[\[\]{}",:0-9\\u ntré]{0,24}"#) {
            for text in [text, near] {
                let view = Json::view(&text);
                let _ = (view.text(), view.field("a"), view.text_or_number());
                prop_assert!(view.items().count() <= text.len() && view.members().count() <= text.len());
            }
        }
    }
}
