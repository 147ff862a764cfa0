//! Which changes of address are views of a page, and when a view may be told.

use crate::interaction::Instant;

/// The pages that were shown, one after the other, without a load or with one.
///
/// Whoever changes the address sets title and markup later: in the same task, with the next frame, or when an answer of the
/// server is here. So a view waits for its title: until another than the earlier page's has stayed for [`GLANCE_MS`], at the
/// longest [`PATIENCE_MS`]. A page that was replaced meanwhile was a redirect, and so was one that was left within
/// [`GLIMPSE_MS`] without a title of its own.
#[derive(Debug, Default)]
pub struct Pages {
    /// The address of the last view.
    viewed: Box<str>,
    /// The address of the page that is shown, and since when.
    shown: Box<str>,
    since: Instant,
    /// Whoever leaves it from then on has seen it.
    seen: Instant,
    /// Whether its view still waits for the title.
    waits: bool,
    /// The title when it was last looked at.
    title: Box<str>,
    /// Whether that is another than as the page came.
    has_own_title: bool,
}

/// What is to be done after a look at the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Nothing: it is the page that was shown.
    Done,
    /// Look again in so many milliseconds.
    Again(i64),
    /// Another page was shown, see [`Pages::viewed`]. Then look again.
    View,
}

impl Pages {
    /// Looks at the page: its address, cleaned, so that a change of fragment, or of a query parameter that no rule keeps, is
    /// no other page; its title; and how it came there:
    ///
    /// | `how` | |
    /// | --- | --- |
    /// | `load` | by a load: what it says of itself is whole |
    /// | `app` | by a load, but a router on it may still be about to set the title |
    /// | `replace` | in the place of the page before |
    /// | `leave` | it is about to go, so there is nothing to wait for |
    /// | anything else | in any other way, or not at all |
    pub fn look(&mut self, how: &str, address: &str, title: &str, now: Instant) -> Look {
        if self.waits && *self.shown != *address {
            self.waits = false;
            let was_seen = self.has_own_title || *self.title != *title || now >= self.seen;
            if was_seen && how != "replace" {
                return self.view();
            }
        }
        let mut is_told = matches!(how, "load" | "leave");
        if self.waits {
            // A clock that was set back must not make it longer.
            is_told |= !(0..PATIENCE_MS).contains(&(now.0 - self.since.0));
            is_told |= self.has_own_title && *self.title == *title;
            self.has_own_title |= *self.title != *title;
        } else if *self.viewed == *address {
            return Look::Done;
        } else {
            self.shown = address.into();
            self.since = now;
            self.seen = Instant(now.0 + if how == "app" { 0 } else { GLIMPSE_MS });
            self.waits = true;
            self.has_own_title = false;
        }
        if is_told {
            return self.view();
        }
        self.title = title.into();
        Look::Again(GLANCE_MS)
    }

    /// The address of the last view, and since when its page was shown.
    pub fn viewed(&self) -> (Box<str>, Instant) {
        (self.viewed.clone(), self.since)
    }

    /// The page came back from the back/forward cache, where it lay while others were shown.
    pub fn restored(&mut self) {
        self.viewed = Box::default();
    }

    fn view(&mut self) -> Look {
        self.waits = false;
        self.viewed = self.shown.clone();
        Look::View
    }
}

/// How long a title must stay: some set a general one first, and markup comes around the title.
const GLANCE_MS: i64 = 50;

/// What is left sooner than that was not seen, unless it had set a title.
const GLIMPSE_MS: i64 = 100;

/// As long as an answer of the server may take that brings the title.
const PATIENCE_MS: i64 = 1_000;

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at each `(ms, how, address, title)` in turn, and answers what each of the looks found.
    fn looks<const N: usize>(all: [(i64, &str, &str, &str); N]) -> [String; N] {
        let mut pages = Pages::default();
        all.map(|(now, how, address, title)| match pages.look(how, address, title, Instant(now)) {
            Look::Done => "-".to_owned(),
            Look::Again(GLANCE_MS) => "wait".to_owned(),
            Look::View => format!("{} {}", pages.viewed, pages.since.0),
            Look::Again(_) => unreachable!(),
        })
    }

    #[test]
    fn a_load_is_a_view_at_once_and_the_same_address_twice_in_a_row_counts_once() {
        let seen =
            looks([(0, "load", "/a", "A"), (1, "", "/a", "A"), (2, "replace", "/a", "B"), (3, "leave", "/a", "B")]);
        assert_eq!(seen, ["/a 0", "-", "-", "-"]);
    }

    #[test]
    fn a_view_waits_until_another_title_has_stayed() {
        let seen = looks([
            (0, "load", "/a", "A"),
            (10, "push", "/b", "A"),
            (60, "", "/b", "Shop"),
            (110, "", "/b", "B"),
            (160, "", "/b", "B"),
            (210, "", "/b", "B"),
        ]);
        assert_eq!(seen, ["/a 0", "wait", "wait", "wait", "/b 10", "-"]);
    }

    #[test]
    fn it_waits_for_a_second_where_the_title_stays_the_same() {
        let seen = looks([(0, "", "/a", "A"), (999, "", "/a", "A"), (1_000, "", "/a", "A"), (1_001, "", "/a", "A")]);
        assert_eq!(seen, ["wait", "wait", "/a 0", "-"]);
        let set_back = looks([(0, "", "/a", "A"), (-5_000, "", "/a", "A")]);
        assert_eq!(set_back, ["wait", "/a 0"]);
    }

    #[test]
    fn it_is_not_lost_when_the_page_goes_or_the_next_one_comes() {
        assert_eq!(looks([(0, "", "/a", "A"), (1, "leave", "/a", "A")]), ["wait", "/a 0"]);
        let seen =
            looks([(0, "", "/a", "A"), (100, "push", "/b", "A"), (100, "push", "/b", "A"), (150, "leave", "/b", "A")]);
        assert_eq!(seen, ["wait", "/a 0", "wait", "/b 100"]);
    }

    #[test]
    fn a_redirect_counts_once_as_its_last_page() {
        let replaced = looks([
            (0, "load", "/a", "A"),
            (1, "push", "/old", "A"),
            (900, "replace", "/b", "A"),
            (950, "", "/b", "B"),
            (1_000, "", "/b", "B"),
        ]);
        assert_eq!(replaced, ["/a 0", "wait", "wait", "wait", "/b 900"]);
        let titled = looks([(0, "push", "/a", "A"), (1, "push", "/b", "B"), (2, "leave", "/b", "B")]);
        assert_eq!(titled, ["wait", "/a 0", "/b 2"]);
        let pushed = looks([(0, "push", "/old", "A"), (99, "push", "/b", "A"), (100, "leave", "/b", "B")]);
        assert_eq!(pushed, ["wait", "wait", "/b 99"]);
        let loaded = looks([(0, "app", "/a", "A"), (1, "push", "/b", "A"), (2, "leave", "/b", "B")]);
        assert_eq!(loaded, ["wait", "/a 0", "/b 2"]);
        let moved = looks([(0, "app", "/old", "A"), (1, "replace", "/b", "A"), (2, "leave", "/b", "B")]);
        assert_eq!(moved, ["wait", "wait", "/b 1"]);
        let back = looks([(0, "load", "/a", "A"), (1, "push", "/old", "A"), (2, "replace", "/a", "A")]);
        assert_eq!(back, ["/a 0", "wait", "-"]);
    }

    #[test]
    fn a_page_that_is_restored_is_shown_again() {
        let mut pages = Pages::default();
        assert_eq!(pages.look("load", "/a", "A", Instant(0)), Look::View);
        pages.restored();
        assert_eq!(pages.look("load", "/a", "A", Instant(9)), Look::View);
        assert_eq!(pages.viewed(), ("/a".into(), Instant(9)));
    }
}
