//! Objects whose members are known by name: settings, policies, rules.

use super::number::integer;
use super::{Invalid, Value};

/// An object of the site's, read member by member. What lies in `settings` is named without that.
pub(crate) struct Members<'a> {
    given: &'a Value,
    path: &'a str,
}

impl<'a> Members<'a> {
    /// The members of `given`, none of which has another name than those.
    ///
    /// # Errors
    /// What is no object, and the first member of another name.
    pub(crate) fn of(given: &'a Value, path: &'a str, names: &[&str]) -> Result<Members<'a>, Invalid> {
        let Some(map) = given.map() else {
            return Err(Invalid::new(path, Some(given), &["an object with ", &names.join(", ")].concat()));
        };
        let members = Members { given, path };
        match map.iter().find(|(name, _)| !names.contains(name)) {
            Some((name, value)) => Err(Invalid::new(&members.path(name), Some(value), &names.join(", "))),
            None => Ok(members),
        }
    }

    /// How a mistake names that member.
    pub(crate) fn path(&self, name: &str) -> String {
        if self.path == "settings" { name.to_owned() } else { [self.path, ".", name].concat() }
    }

    /// The member of that name, where it is set.
    pub(crate) fn get(&self, name: &str) -> Option<&'a Value> {
        self.given.get(name)
    }

    /// What `read` makes of the member of that name, where it is set.
    ///
    /// # Errors
    /// `read` makes nothing of it.
    pub(crate) fn read<T>(
        &self,
        name: &str,
        accepted: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<Option<T>, Invalid> {
        let Some(value) = self.get(name) else { return Ok(None) };
        match read(value) {
            Some(read) => Ok(Some(read)),
            None => Err(Invalid::new(&self.path(name), Some(value), accepted)),
        }
    }

    /// The text of that name, where `fits` says that it is one of the kind that is accepted.
    pub(crate) fn text(&self, name: &str, accepted: &str, fits: fn(&str) -> bool) -> Result<Option<Box<str>>, Invalid> {
        self.read(name, accepted, |value| Some(value.text().filter(|text| fits(text))?.into()))
    }

    /// The place in `words` of the one that is set.
    pub(crate) fn word(&self, name: &str, words: &[&str]) -> Result<Option<usize>, Invalid> {
        self.read(name, &one_of(words), |value| words.iter().position(|word| value.is(word)))
    }

    /// `true` or `false`.
    pub(crate) fn switch(&self, name: &str) -> Result<Option<bool>, Invalid> {
        self.read(name, "one of [true,false]", |value| match value {
            Value::Bool(is_on) => Some(*is_on),
            _ => None,
        })
    }

    /// A number from `least` to `most`.
    pub(crate) fn number(&self, name: &str, least: u32, most: u32) -> Result<Option<f64>, Invalid> {
        let range = f64::from(least)..=f64::from(most);
        let accepted = ["a number from ", &integer(least), " to ", &integer(most)].concat();
        self.read(name, &accepted, |value| value.number().filter(|number| range.contains(number)))
    }

    /// The places in `words` of those in an array.
    pub(crate) fn words(&self, name: &str, words: &[&str]) -> Result<Option<Vec<usize>>, Invalid> {
        self.list(name, &one_of(words), &|value| words.iter().position(|word| value.is(word)))
    }

    /// The texts in an array, of which `fits` says that each is of the kind that is accepted.
    pub(crate) fn texts(
        &self,
        name: &str,
        each: &str,
        fits: fn(&str) -> bool,
    ) -> Result<Option<Vec<Box<str>>>, Invalid> {
        self.list(name, each, &|value| Some(value.text().filter(|text| fits(text))?.into()))
    }

    fn list<T>(&self, name: &str, each: &str, read: &dyn Fn(&Value) -> Option<T>) -> Result<Option<Vec<T>>, Invalid> {
        self.read(name, &["an array, each ", each].concat(), |value| match value {
            Value::List(items) => items.iter().map(read).collect(),
            _ => None,
        })
    }
}

/// How a mistake names the words that are accepted.
fn one_of(words: &[&str]) -> String {
    ["one of [\"", &words.join("\",\""), "\"]"].concat()
}
