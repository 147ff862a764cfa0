//! What storage gave back.

use super::{Map, Value};

/// What was kept between two pages, as the browser reads it: one object of JSON, and what stands before it. Since 0.2 nothing
/// does, and the object says which version of ours wrote it; 0.1 wrote words, and behind them the record where there is one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    /// What stands before the object; everything where there is none.
    pub words: Box<str>,
    /// The object, or null.
    pub object: Value,
}

impl Stored {
    /// The version of what this release writes.
    pub const VERSION: f64 = 2.0;

    /// An object to be kept, with the version in it.
    pub(crate) fn map() -> Map {
        let mut map = Map::new();
        map.set("version", Stored::VERSION);
        map
    }

    /// What this release wrote, where it did.
    pub(crate) fn current(&self) -> Option<&Map> {
        self.object
            .map()
            .filter(|map| self.words.is_empty() && map.get("version") == Some(&Value::Number(Stored::VERSION)))
    }

    /// The words that 0.1 wrote, parted by spaces, the last of them to the end.
    pub(crate) fn words<const N: usize>(&self) -> [&str; N] {
        let mut words = self.words.splitn(N, ' ');
        [(); N].map(|()| words.next().unwrap_or_default())
    }
}

/// Reads the text as the browser does, which has a reader of JSON.
#[cfg(test)]
impl From<&str> for Stored {
    fn from(text: &str) -> Stored {
        let (words, object) = text.split_at(text.find('{').unwrap_or(text.len()));
        match serde_json::from_str(object) {
            Ok(object) => Stored { words: words.into(), object },
            Err(_) => Stored { words: text.into(), object: Value::Null },
        }
    }
}
