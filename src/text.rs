//! Texts that are done.

/// These texts, one behind the other. As [`Object::finish`](crate::json::Object::finish) it answers a value of two words: the
/// standard library's `concat` has to be told where to write three.
#[inline(never)]
pub(crate) fn joined(texts: &[&str]) -> Box<str> {
    let mut out = String::new();
    for text in texts {
        out.push_str(text);
    }
    out.into_boxed_str()
}
