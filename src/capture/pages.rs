//! Which changes of address are views of a page.

use crate::afresh::Afresh;

/// Counts the same address twice in a row once.
#[derive(Debug, Default)]
pub struct Pages {
    last: Option<String>,
}

impl Pages {
    /// Whether showing `address` is a view. The address is the cleaned one: a change of fragment, or of a query parameter that
    /// no rule keeps, is no other page.
    pub fn is_view(&mut self, address: &str) -> bool {
        let same = self.last.as_deref() == Some(address);
        self.last = Some(address.to_owned());
        !same
    }
}

impl Afresh for Pages {
    fn afresh(&mut self) {
        let Pages { last } = self;
        last.afresh();
    }
}

#[cfg(test)]
mod tests {
    use super::Pages;

    #[test]
    fn the_same_address_twice_in_a_row_counts_once() {
        let mut pages = Pages::default();
        let views = ["/a", "/a", "/b", "/a", "/a"].map(|address| pages.is_view(address));
        assert_eq!(views, [true, false, true, true, false]);
    }
}
