//! Which changes of address are views of a page, and when a view may be told.

use crate::interaction::Instant;

/// The pages that were shown, one after the other, without a load or with one.
///
/// Whoever changes the address sets title and markup later: in the same task, with the next frame, or when an answer of the
/// server is here. So a view waits for its title: until another than the earlier page's has stayed for `GLANCE_MS`, at the
/// longest `PATIENCE_MS`. A page that was replaced meanwhile was a redirect, and so was one that was left within
/// `GLIMPSE_MS` without a title of its own.
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
    Again(u32),
    /// Another page was shown, see [`Pages::viewed`]. Then look again.
    View,
}

/// How a page came to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Navigation {
    /// By a load: what it says of itself is whole.
    Load,
    /// By a load, but a router on it may still be about to set the title.
    App,
    /// In the place of the page before.
    Replace,
    /// It is about to go, so there is nothing to wait for.
    Leave,
    /// In any other way, or not at all.
    Other,
}

impl Pages {
    /// Looks at the page: its address, cleaned, so that a change of fragment, or of a query parameter that no rule keeps, is
    /// no other page; its title; and how it came to be shown.
    pub fn look(&mut self, navigation: Navigation, address: &str, title: &str, now: Instant) -> Look {
        if self.waits && *self.shown != *address {
            self.waits = false;
            let was_seen = self.has_own_title || *self.title != *title || now >= self.seen;
            if was_seen && navigation != Navigation::Replace {
                return self.view();
            }
        }
        let mut is_told = matches!(navigation, Navigation::Load | Navigation::Leave);
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
            self.seen = Instant(now.0 + if navigation == Navigation::App { 0 } else { GLIMPSE_MS });
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
const GLANCE_MS: u32 = 50;

/// What is left sooner than that was not seen, unless it had set a title.
const GLIMPSE_MS: i64 = 100;

/// As long as an answer of the server may take that brings the title.
const PATIENCE_MS: i64 = 1_000;

#[cfg(test)]
mod tests {
    use super::{Navigation::*, *};

    /// Looks at each `(ms, navigation, address, title)` in turn; returns what each of the looks found.
    fn looks<const N: usize>(all: [(i64, Navigation, &str, &str); N]) -> [String; N] {
        let mut pages = Pages::default();
        all.map(|(now, navigation, address, title)| match pages.look(navigation, address, title, Instant(now)) {
            Look::Done => "-".to_owned(),
            Look::Again(GLANCE_MS) => "wait".to_owned(),
            Look::View => format!("{} {}", pages.viewed, pages.since.0),
            Look::Again(_) => unreachable!(),
        })
    }

    #[test]
    fn a_load_is_a_view_at_once_and_the_same_address_twice_in_a_row_counts_once() {
        let seen = looks([(0, Load, "/a", "A"), (1, Other, "/a", "A"), (2, Replace, "/a", "B"), (3, Leave, "/a", "B")]);
        assert_eq!(seen, ["/a 0", "-", "-", "-"]);
    }

    #[test]
    fn a_view_waits_until_another_title_has_stayed() {
        let seen = looks([
            (0, Load, "/a", "A"),
            (10, Other, "/b", "A"),
            (60, Other, "/b", "Shop"),
            (110, Other, "/b", "B"),
            (160, Other, "/b", "B"),
            (210, Other, "/b", "B"),
        ]);
        assert_eq!(seen, ["/a 0", "wait", "wait", "wait", "/b 10", "-"]);
    }

    #[test]
    fn it_waits_for_a_second_where_the_title_stays_the_same() {
        let seen = looks([
            (0, Other, "/a", "A"),
            (999, Other, "/a", "A"),
            (1_000, Other, "/a", "A"),
            (1_001, Other, "/a", "A"),
        ]);
        assert_eq!(seen, ["wait", "wait", "/a 0", "-"]);
        let set_back = looks([(0, Other, "/a", "A"), (-5_000, Other, "/a", "A")]);
        assert_eq!(set_back, ["wait", "/a 0"]);
    }

    #[test]
    fn it_is_not_lost_when_the_page_goes_or_the_next_one_comes() {
        assert_eq!(looks([(0, Other, "/a", "A"), (1, Leave, "/a", "A")]), ["wait", "/a 0"]);
        let seen =
            looks([(0, Other, "/a", "A"), (100, Other, "/b", "A"), (100, Other, "/b", "A"), (150, Leave, "/b", "A")]);
        assert_eq!(seen, ["wait", "/a 0", "wait", "/b 100"]);
    }

    #[test]
    fn a_redirect_counts_once_as_its_last_page() {
        let replaced = looks([
            (0, Load, "/a", "A"),
            (1, Other, "/old", "A"),
            (900, Replace, "/b", "A"),
            (950, Other, "/b", "B"),
            (1_000, Other, "/b", "B"),
        ]);
        assert_eq!(replaced, ["/a 0", "wait", "wait", "wait", "/b 900"]);
        let titled = looks([(0, Other, "/a", "A"), (1, Other, "/b", "B"), (2, Leave, "/b", "B")]);
        assert_eq!(titled, ["wait", "/a 0", "/b 2"]);
        let pushed = looks([(0, Other, "/old", "A"), (99, Other, "/b", "A"), (100, Leave, "/b", "B")]);
        assert_eq!(pushed, ["wait", "wait", "/b 99"]);
        let loaded = looks([(0, App, "/a", "A"), (1, Other, "/b", "A"), (2, Leave, "/b", "B")]);
        assert_eq!(loaded, ["wait", "/a 0", "/b 2"]);
        let moved = looks([(0, App, "/old", "A"), (1, Replace, "/b", "A"), (2, Leave, "/b", "B")]);
        assert_eq!(moved, ["wait", "wait", "/b 1"]);
        let back = looks([(0, Load, "/a", "A"), (1, Other, "/old", "A"), (2, Replace, "/a", "A")]);
        assert_eq!(back, ["/a 0", "wait", "-"]);
    }

    #[test]
    fn a_page_that_is_restored_is_shown_again() {
        let mut pages = Pages::default();
        assert_eq!(pages.look(Load, "/a", "A", Instant(0)), Look::View);
        pages.restored();
        assert_eq!(pages.look(Load, "/a", "A", Instant(9)), Look::View);
        assert_eq!(pages.viewed(), ("/a".into(), Instant(9)));
    }
}
