//! What a tracker owns, written anew.
//!
//! The module frees nothing piece by piece: `src/arena.rs` says why. What lives longer than a call moves to new memory from time
//! to time, and the old is taken for something else.

/// Owns memory.
pub trait Afresh {
    /// Moves all that it owns to new memory, and leaves the old as it is. Of a struct, write out every field, so that one that
    /// is added later cannot be forgotten.
    fn afresh(&mut self);
}

impl Afresh for Box<str> {
    fn afresh(&mut self) {
        core::mem::forget(core::mem::replace(self, self.clone()));
    }
}

impl<T: Afresh> Afresh for Option<T> {
    fn afresh(&mut self) {
        self.iter_mut().for_each(T::afresh);
    }
}

impl<T: Afresh> Afresh for Vec<T> {
    fn afresh(&mut self) {
        let mut moved = Vec::with_capacity(self.len());
        moved.append(self);
        moved.iter_mut().for_each(T::afresh);
        core::mem::forget(core::mem::replace(self, moved));
    }
}

#[cfg(test)]
mod tests {
    use super::Afresh;

    #[test]
    fn all_of_it_says_the_same_elsewhere() {
        let mut texts = vec![Some("ada".into()), None, Some(Box::default()), Some("é".repeat(1_000).into())];
        let (before, copy) = (places(&texts), texts.clone());
        texts.afresh();
        assert_eq!(texts, copy);
        assert!(places(&texts).iter().all(|place| !before.contains(place)));
    }

    // Of what has any: an empty text owns no memory.
    fn places(texts: &[Option<Box<str>>]) -> Vec<*const u8> {
        let owned = texts.iter().flatten().filter(|text| !text.is_empty());
        owned.map(|text| text.as_ptr()).chain([texts.as_ptr().cast()]).collect()
    }
}
