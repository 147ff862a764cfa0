//! Objects whose members are known by name: settings, policies, rules.
//!
//! Only the first mistake is told, and reading goes on behind it as if the member had not been given. So no reader has a way out
//! in the middle, where all that it has read so far would have to be dropped: that made half of the code of the settings.

use super::number::integer;
use super::{Invalid, Value};
use std::cell::OnceCell;

/// The first mistake in what a site gave.
#[derive(Default)]
pub(crate) struct Mistake(OnceCell<Invalid>);

impl Mistake {
    /// Notes a mistake, where it is the first.
    #[cold]
    pub(crate) fn note(&self, field: &str, given: Option<&Value>, accepted: &str) {
        self.0.get_or_init(|| Invalid::new(field, given, accepted));
    }

    /// What was read, unless there was a mistake.
    pub(crate) fn unless<T>(self, read: T) -> Result<T, Invalid> {
        self.0.into_inner().map_or(Ok(read), Err)
    }
}

/// An object of the site's, and how a path in it begins.
pub(crate) struct Members<'a> {
    given: &'a Value,
    path: &'a str,
    mistake: &'a Mistake,
}

impl<'a> Members<'a> {
    /// The members of an object that has no others than these.
    pub(crate) fn of(given: &'a Value, path: &'a str, names: &[&str], mistake: &'a Mistake) -> Members<'a> {
        let members = Members { given, path, mistake };
        let Some(map) = given.map() else {
            mistake.note(path, Some(given), &["an object with ", &names.join(", ")].concat());
            return members;
        };
        if let Some((name, value)) = map.iter().find(|(name, _)| !names.contains(name)) {
            mistake.note(&members.path(name), Some(value), &names.join(", "));
        }
        members
    }

    /// The path of a member.
    pub(crate) fn path(&self, name: &str) -> String {
        if self.path == "settings" { name.to_owned() } else { [self.path, ".", name].concat() }
    }

    /// The member of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&'a Value> {
        self.given.get(name)
    }

    /// Notes that the member of that name cannot be, or must not be missing.
    pub(crate) fn refuse(&self, name: &str, accepted: &str) {
        self.mistake.note(&self.path(name), self.get(name), accepted);
    }

    /// What `read` makes of the member of that name.
    pub(crate) fn read<T>(&self, name: &str, accepted: &str, read: impl FnOnce(&Value) -> Option<T>) -> Option<T> {
        let read = read(self.get(name)?);
        if read.is_none() {
            self.refuse(name, accepted);
        }
        read
    }

    /// A text that fits.
    pub(crate) fn text(&self, name: &str, accepted: &str, fits: fn(&str) -> bool) -> Option<Box<str>> {
        self.read(name, accepted, |value| Some(value.text().filter(|text| fits(text))?.into()))
    }

    /// Where `words` has the word that was given.
    pub(crate) fn word(&self, name: &str, words: &[&str]) -> Option<usize> {
        self.read(name, &one_of(words), |value| words.iter().position(|word| value.is(word)))
    }

    /// `true` or `false`; `otherwise` where neither is given.
    pub(crate) fn switch(&self, name: &str, otherwise: bool) -> bool {
        let read = self.read(name, "one of [true,false]", |value| match value {
            Value::Bool(is_on) => Some(*is_on),
            _ => None,
        });
        read.unwrap_or(otherwise)
    }

    /// A number from `least` to `most`; `otherwise` where none is given.
    pub(crate) fn number(&self, name: &str, least: u32, most: u32, otherwise: f64) -> f64 {
        let range = f64::from(least)..=f64::from(most);
        let accepted = ["a number from ", &integer(least), " to ", &integer(most)].concat();
        let read = self.read(name, &accepted, |value| value.number().filter(|number| range.contains(number)));
        read.unwrap_or(otherwise)
    }

    /// Where `words` has each word that was given.
    pub(crate) fn words(&self, name: &str, words: &[&str]) -> Option<Vec<usize>> {
        let mut places = Vec::new();
        let is_list = self.list(name, &one_of(words), &mut |value| {
            let place = words.iter().position(|word| value.is(word));
            places.extend(place);
            place.is_some()
        });
        is_list.then_some(places)
    }

    /// Texts that fit, each as the accepted one says.
    pub(crate) fn texts(&self, name: &str, each: &str, fits: fn(&str) -> bool) -> Option<Vec<Box<str>>> {
        let mut texts: Vec<Box<str>> = Vec::new();
        let is_list = self.list(name, each, &mut |value| {
            let text = value.text().filter(|text| fits(text));
            texts.extend(text.map(Into::into));
            text.is_some()
        });
        is_list.then_some(texts)
    }

    // Whether the member of that name is an array of what `take` takes.
    fn list(&self, name: &str, each: &str, take: &mut dyn FnMut(&Value) -> bool) -> bool {
        let Some(value) = self.get(name) else { return false };
        let is_list = matches!(value, Value::List(items) if items.iter().all(take));
        if !is_list {
            self.refuse(name, &["an array, each ", each].concat());
        }
        is_list
    }
}

fn one_of(words: &[&str]) -> String {
    ["one of [\"", &words.join("\",\""), "\"]"].concat()
}
