//! What a site may set, as data: a JSON text of the same shape as what it allows, of which the leaves say what is accepted.
//!
//! | in a shape | what fits |
//! | --- | --- |
//! | `{"name": …, …}` | an object without any other member, each of which fits what stands there; none is required |
//! | `[…]` | an array of what fits that |
//! | `[a, b, …]` | one of these, as it is written here |
//! | `"a number from 1 to 100"` | such a number |
//! | a text of [`TEXTS`] | a text of that sort |
//! | any other text | anything: whoever reads it knows more |
//!
//! The sentence that a mistake is answered with is the one that is checked, so no two of them can differ.

use crate::interaction::{HANDLE, Invalid, decimal, is_handle};
use crate::json::Json;
use crate::privacy::cut;
use crate::text::{joined, text_of};

/// Checks what is given against a shape. `path` is how a mistake names it; what lies in `settings` is named without that.
///
/// # Errors
/// The first mistake, with its path.
pub(crate) fn check(given: Json<'_>, shape: Json<'_>, path: &str) -> Result<(), Invalid> {
    let names = names(shape);
    if names.is_empty() {
        return if fits(given, shape) { Ok(()) } else { Err(Invalid::new(path, Some(given), &accepted(shape))) };
    }
    if !given.is_object() {
        return Err(Invalid::new(path, Some(given), &joined(&["an object with ", &names])));
    }
    for (name, value) in given.members() {
        let name = text_of(name);
        let path = if path == "settings" { (*name).into() } else { joined(&[path, ".", &name]) };
        match shape.field(&name) {
            Some(shape) => check(value, shape, &path)?,
            None => return Err(Invalid::new(&path, Some(value), &names)),
        }
    }
    Ok(())
}

/// The members of an object, for people.
pub(crate) fn names(shape: Json<'_>) -> String {
    let mut names = String::new();
    for (name, _) in shape.members() {
        names.push_str(if names.is_empty() { "" } else { ", " });
        names.push_str(&text_of(name));
    }
    names
}

fn accepted(shape: Json<'_>) -> Box<str> {
    match (shape.text(), each(shape)) {
        (Some(text), _) => text,
        (None, Some(each)) => joined(&["an array, each ", &accepted(each)]),
        (None, None) => joined(&["one of ", shape.as_str()]),
    }
}

/// What each item of an array is to be, where the shape is one.
fn each(shape: Json<'_>) -> Option<Json<'_>> {
    let mut items = shape.items();
    let first = items.next();
    first.filter(|_| items.next().is_none())
}

fn fits(value: Json<'_>, shape: Json<'_>) -> bool {
    if let Some(each) = each(shape) {
        return value.is_array() && value.items().all(|item| fits(item, each));
    }
    let Some(accepted) = shape.text() else { return shape.items().any(|one| one == value) };
    if let Some(range) = accepted.strip_prefix("a number from ") {
        let (least, most) = cut(range, b' ');
        let number = value.text_or_number().and_then(|text| decimal(&text));
        return number >= decimal(least) && number.is_some() && number <= decimal(cut(most, b' ').1);
    }
    let is = TEXTS.iter().find(|(sort, _)| **sort == *accepted);
    is.is_none_or(|(_, is)| value.text().is_some_and(|text| is(&text)))
}

type IsIt = fn(&str) -> bool;

/// The sorts of text, each by the words that say what is accepted.
const TEXTS: [(&str, IsIt); 6] = [
    ("text", |_| true),
    (HANDLE, is_handle),
    ("a path, or a pattern of paths", |text| matches!(text.as_bytes().first(), Some(b'/' | b'*'))),
    ("the name of a form", |text| !text.is_empty()),
    ("the handle of an Omneo tenant: a-z, 0-9 and -", is_host_label),
    ("an https address, or http on this machine", is_safe_address),
];

fn is_host_label(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

// A token must not cross a network in the clear; what stays on this machine does not cross one.
fn is_safe_address(text: &str) -> bool {
    let is_whole = text.bytes().all(|byte| byte > b' ' && !matches!(byte, b'?' | b'#' | b'@'));
    let is_local = ["http://localhost", "http://127.0.0.1", "http://[::1]"]
        .iter()
        .any(|own| text.starts_with(own) && matches!(text.as_bytes().get(own.len()), None | Some(b':' | b'/')));
    is_whole && (is_local || text.starts_with("https://") && text.len() > 8)
}
