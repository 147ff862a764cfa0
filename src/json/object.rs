//! Writing JSON text.

/// An object in the making.
#[derive(Clone, Debug)]
pub struct Object(String);

impl Default for Object {
    fn default() -> Object {
        Object::new()
    }
}

impl Object {
    /// An object without members.
    pub fn new() -> Object {
        Object(String::from("{"))
    }

    /// Adds a member whose value is JSON already.
    pub fn put(&mut self, name: &str, json: &str) {
        if !self.is_empty() {
            self.0.push(',');
        }
        push_quoted(&mut self.0, name);
        self.0.push(':');
        self.0.push_str(json);
    }

    /// Adds a member whose value is that text.
    pub fn put_text(&mut self, name: &str, text: &str) {
        self.put(name, &quoted(text));
    }

    /// Whether it has no member yet.
    pub fn is_empty(&self) -> bool {
        self.0.len() == 1
    }

    /// The object as JSON. A text that is done is two words, place and length, and so a value; one that may still grow is
    /// three, and has to be handed over through memory.
    pub fn finish(mut self) -> Box<str> {
        self.0.push('}');
        self.0.into_boxed_str()
    }
}

/// The text as a JSON string.
pub(crate) fn quoted(text: &str) -> Box<str> {
    let mut out = String::with_capacity(text.len() + 2);
    push_quoted(&mut out, text);
    out.into_boxed_str()
}

// RFC 8259, section 7: quotation mark, reverse solidus and the control characters must be escaped; nothing else need be.
fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    // Up to where it is written. What is escaped is ASCII, so every cut is between characters.
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(&text[written..at]);
        out.push('\\');
        written = at;
        if byte < b' ' {
            written += 1;
            // As short as `JSON.stringify`, so that what is read and written again does not grow.
            match SHORT.get(usize::from(byte).wrapping_sub(8)) {
                Some(short) if *short != b'u' => out.push(char::from(*short)),
                _ => {
                    out.push_str(if byte < 16 { "u000" } else { "u001" });
                    out.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
                }
            }
        }
    }
    out.push_str(&text[written..]);
    out.push('"');
}

/// Of the control characters from 8 on, what stands behind the reverse solidus.
const SHORT: &[u8; 6] = b"btnufr";

/// A whole number in decimal digits. `to_string` would do the same and carry `fmt`'s machinery into the module.
pub(crate) fn digits(mut number: u64) -> Box<str> {
    let mut out = String::new();
    loop {
        out.insert(0, char::from(b'0' + (number % 10) as u8));
        number /= 10;
        if number == 0 {
            return out.into_boxed_str();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_object_is_written_member_by_member() {
        assert_eq!(&*Object::new().finish(), "{}");
        let mut object = Object::new();
        object.put("a", "[1]");
        object.put_text("b\"", "x\ny");
        assert_eq!(&*object.finish(), r#"{"a":[1],"b\"":"x\ny"}"#);
    }

    proptest! {
        #[test]
        fn a_text_is_read_back_by_serde_json(text in any::<String>()) {
            prop_assert_eq!(serde_json::from_str::<String>(&quoted(&text)).unwrap(), text);
        }

        #[test]
        fn digits_are_those_of_fmt(number in any::<u64>()) {
            prop_assert_eq!(&*digits(number), number.to_string());
        }
    }
}
