//! Which changes of address are views of a page, when a view may be told, and by which title.

use crate::interaction::Instant;
use crate::privacy::path;

/// The pages that were shown, one after the other, without a load or with one.
///
/// A page that gave way to another within `GLIMPSE_MS` was a redirect, unless it had set a title. What was shown longer is a view, and
/// is told then. Whoever changes the address sets the title later: in the same task, or seconds after, when an answer of the server is
/// here, and sometimes twice. So a title settles when it has stood for `STANDING_MS`, at the latest `PATIENCE_MS` after its page came.
/// One that is still the page's before is none.
#[derive(Debug, Default)]
pub struct Pages {
    /// The address of the last view.
    viewed: Box<str>,
    /// The address of the page that is shown, and since when.
    shown: Box<str>,
    since: Instant,
    /// How old it is when whoever leaves it has seen it, in milliseconds.
    glimpse_ms: i64,
    /// How long has been waited for it, and is about to be. A clock may stand still, or be set back.
    waited_ms: i64,
    asked_ms: i64,
    state: State,
    /// The title of the page before; `None` where the page came by a load.
    former: Option<Box<str>>,
    /// The title when it was last looked at, and how old the page was when it came.
    title: Box<str>,
    stands_from_ms: i64,
}

/// How far the page that is shown has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// It is told with its title, or was a redirect.
    #[default]
    Told,
    /// It may be a redirect.
    Glimpsed,
    /// It is told, and its title is still to settle.
    Settling,
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
    /// The title of that view is another, see [`Pages::title`]; and whether it has settled. Then look again.
    Title {
        /// Nothing is to come any more.
        is_settled: bool,
    },
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
    /// Not at all: the time of [`Look::Again`] has come.
    Again,
    /// In a frame that takes no room: nobody was shown it.
    Unseen,
}

impl Pages {
    /// Looks at the page: its address, cleaned, so that a change of fragment, or of a query parameter that no rule keeps, is
    /// no other page; its title; and how it came to be shown.
    pub fn look(&mut self, navigation: Navigation, address: &str, title: &str, now: Instant) -> Look {
        if navigation == Navigation::Unseen {
            return Look::Done;
        }
        if navigation == Navigation::Again {
            self.waited_ms += core::mem::take(&mut self.asked_ms);
        }
        let mut is_redirected = false;
        if *self.shown != *address {
            match core::mem::take(&mut self.state) {
                State::Glimpsed => {
                    let was_seen =
                        self.title_changes(title, now) || self.has_own_title() || self.age_ms(now) >= self.glimpse_ms;
                    if was_seen && navigation != Navigation::Replace {
                        return self.view();
                    }
                    is_redirected = true;
                }
                State::Settling => return Look::Title { is_settled: true },
                State::Told => {}
            }
        }
        if self.state == State::Told {
            if *self.viewed == *address {
                return Look::Done;
            }
            self.begin(navigation, address, is_redirected, now);
        }
        let is_changed = self.title_changes(title, now);
        let age_ms = self.age_ms(now);
        let is_whole = navigation == Navigation::Load && self.has_own_title() || navigation == Navigation::Leave;
        if self.state == State::Glimpsed {
            if navigation != Navigation::Load && !is_whole && age_ms < GLIMPSE_MS {
                return self.again(GLIMPSE_MS - age_ms);
            }
            self.state = if is_whole { State::Told } else { State::Settling };
            return self.view();
        }
        let stands = self.has_own_title() && !self.has_site_title() && age_ms - self.stands_from_ms >= STANDING_MS;
        let is_settled = is_whole || stands || age_ms >= PATIENCE_MS;
        if is_settled {
            self.state = State::Told;
        }
        if is_settled || is_changed { Look::Title { is_settled } } else { self.again(AGAIN_MS) }
    }

    /// The address of the last view, and since when its page was shown.
    pub fn viewed(&self) -> (Box<str>, Instant) {
        (self.viewed.clone(), self.since)
    }

    /// The title of the last view; where it has none of its own, its path.
    pub fn title(&self) -> &str {
        if self.has_own_title() { &self.title } else { path(&self.viewed) }
    }

    /// Whether the title of the last view is still to settle.
    pub fn is_settling(&self) -> bool {
        self.state == State::Settling
    }

    /// The page came back from the back/forward cache, where it lay while others were shown.
    pub fn restored(&mut self) {
        self.viewed = Box::default();
    }

    // What a redirect has set as its title is the page's that it leads to: some routers do so before they give the address.
    fn begin(&mut self, navigation: Navigation, address: &str, is_redirected: bool, now: Instant) {
        let is_load = matches!(navigation, Navigation::Load | Navigation::App);
        if !is_redirected {
            self.former = (!is_load).then(|| self.title.clone());
        }
        self.shown = address.into();
        self.since = now;
        (self.waited_ms, self.stands_from_ms) = (0, 0);
        self.glimpse_ms = if navigation == Navigation::App { 0 } else { GLIMPSE_MS };
        self.state = State::Glimpsed;
    }

    fn title_changes(&mut self, title: &str, now: Instant) -> bool {
        let changes = *self.title != *title;
        if changes {
            self.title = title.into();
            self.stands_from_ms = self.age_ms(now);
        }
        changes
    }

    fn age_ms(&self, now: Instant) -> i64 {
        (now.0 - self.since.0).max(self.waited_ms)
    }

    fn again(&mut self, ms: i64) -> Look {
        self.asked_ms = ms;
        Look::Again(ms as u32)
    }

    fn has_own_title(&self) -> bool {
        !self.title.is_empty() && self.former.as_deref() != Some(&self.title)
    }

    // "Shop" after "Cart – Shop", which says nothing of a page unless nothing else comes: apps show it while they fetch.
    fn has_site_title(&self) -> bool {
        self.former.as_deref().is_some_and(|former| former.starts_with(&*self.title) || former.ends_with(&*self.title))
    }

    fn view(&mut self) -> Look {
        self.viewed = self.shown.clone();
        Look::View
    }
}

/// What is left sooner than that was not seen, unless it had set a title.
const GLIMPSE_MS: i64 = 100;

/// How often a title that is still to settle is looked at.
const AGAIN_MS: i64 = 100;

/// How long a title must stand: some set a general one first.
const STANDING_MS: i64 = 1_000;

/// As long as a title may take.
const PATIENCE_MS: i64 = 10_000;

#[cfg(test)]
mod tests {
    use super::{Navigation::*, *};

    /// Looks at each `(ms, navigation, address, title)` in turn, until there is nothing to do; returns what each of the looks found.
    fn looks<const N: usize>(all: [(i64, Navigation, &str, &str); N]) -> [String; N] {
        let mut pages = Pages::default();
        all.map(|(now, navigation, address, title)| {
            let mut found = Vec::new();
            loop {
                match pages.look(navigation, address, title, Instant(now)) {
                    Look::Done => found.push("-".to_owned()),
                    Look::Again(_) => found.push("wait".to_owned()),
                    Look::View => {
                        found.push(format!("{} {} {}", pages.viewed, pages.since.0, pages.title()));
                        continue;
                    }
                    Look::Title { is_settled } => {
                        found.push(format!("{}{}", pages.title(), if is_settled { "!" } else { "?" }));
                        continue;
                    }
                }
                return found.join(", ");
            }
        })
    }

    #[test]
    fn a_load_is_a_view_at_once_and_the_same_address_twice_in_a_row_counts_once() {
        let seen = looks([(0, Load, "/a", "A"), (1, Other, "/a", "A"), (2, Replace, "/a", "B"), (3, Leave, "/a", "B")]);
        assert_eq!(seen, ["/a 0 A, -", "-", "-", "-"]);
    }

    #[test]
    fn a_title_settles_when_it_has_stood() {
        let seen = looks([
            (0, Load, "/a", "A"),
            (10, Other, "/b", "A"),
            (110, Other, "/b", "A"),
            (2_000, Other, "/b", "Shop"),
            (2_900, Other, "/b", "B"),
            (3_800, Other, "/b", "B"),
            (3_900, Other, "/b", "B"),
            (4_000, Other, "/b", "late"),
        ]);
        assert_eq!(seen, ["/a 0 A, -", "wait", "/b 10 /b, wait", "Shop?, wait", "B?, wait", "wait", "B!, -", "-"]);
    }

    #[test]
    fn the_site_s_own_title_gives_way_to_the_page_s_however_late_that_is() {
        let seen = looks([
            (0, Load, "/a", "A – Shop"),
            (10, Other, "/b", "Shop"),
            (110, Other, "/b", "Shop"),
            (3_000, Other, "/b", "Shop"),
            (3_100, Other, "/b", "B – Shop"),
            (4_100, Other, "/b", "B – Shop"),
            (5_000, Other, "/", "Shop"),
            (5_100, Other, "/", "Shop"),
            (15_000, Other, "/", "Shop"),
        ]);
        assert_eq!(seen[1..4], ["wait", "/b 10 Shop, wait", "wait"]);
        assert_eq!(seen[4..6], ["B – Shop?, wait", "B – Shop!, -"]);
        assert_eq!(seen[6..], ["wait", "/ 5000 Shop, wait", "Shop!, -"]);
    }

    #[test]
    fn a_title_that_was_set_with_the_address_or_before_it_is_the_page_s_own() {
        let seen =
            looks([(0, Load, "/a", "A"), (10, Other, "/b", "B"), (110, Other, "/b", "B"), (1_010, Other, "/b", "B")]);
        assert_eq!(seen, ["/a 0 A, -", "wait", "/b 10 B, wait", "B!, -"]);
    }

    #[test]
    fn where_no_title_of_its_own_comes_the_path_is_its_name() {
        let seen = looks([
            (0, Load, "/a", "A"),
            (1, Other, "https://shop.example/b", "A"),
            (101, Other, "https://shop.example/b", "A"),
            (10_000, Other, "https://shop.example/b", "A"),
            (10_001, Other, "https://shop.example/b", "A"),
        ]);
        let view = "https://shop.example/b 1 /b, wait";
        assert_eq!(seen, ["/a 0 A, -", "wait", view, "wait", "/b!, -"]);
        let untitled = looks([(0, Load, "/a", ""), (500, Other, "/a", "A"), (1_500, Other, "/a", "A")]);
        assert_eq!(untitled, ["/a 0 /a, wait", "A?, wait", "A!, -"]);
    }

    #[test]
    fn a_load_with_a_router_settles_when_its_title_has_stood() {
        let seen =
            looks([(0, App, "/a", "A"), (100, Other, "/a", "A"), (999, Other, "/a", "A"), (1_000, Other, "/a", "A")]);
        assert_eq!(seen, ["wait", "/a 0 A, wait", "wait", "A!, -"]);
    }

    #[test]
    fn a_clock_that_stands_still_or_was_set_back_makes_nothing_longer() {
        for clock in [0, -5_000] {
            let mut pages = Pages::default();
            let mut waited = 0;
            let mut views = Vec::new();
            let mut look = pages.look(Other, "/a", "A", Instant(0));
            loop {
                match look {
                    Look::Again(ms) => waited += ms,
                    Look::View => views.push(waited),
                    Look::Title { is_settled } if is_settled => break,
                    Look::Title { .. } => {}
                    Look::Done => unreachable!(),
                }
                look = pages.look(Again, "/a", "A", Instant(clock));
            }
            assert_eq!((views, waited), (vec![100], 1_000));
        }
    }

    #[test]
    fn it_is_not_lost_when_the_page_goes_or_the_next_one_comes() {
        assert_eq!(looks([(0, Other, "/a", "A"), (1, Leave, "/a", "A")]), ["wait", "/a 0 A, -"]);
        let settling = looks([(0, App, "/a", "A"), (100, Other, "/a", "A"), (200, Leave, "/a", "A2")]);
        assert_eq!(settling, ["wait", "/a 0 A, wait", "A2!, -"]);
        let seen =
            looks([(0, App, "/a", "A"), (100, Other, "/b", "A"), (200, Other, "/b", "A"), (250, Other, "/c", "A")]);
        assert_eq!(seen, ["wait", "/a 0 A, wait", "/b 100 /b, wait", "/b!, wait"]);
    }

    #[test]
    fn a_redirect_counts_once_as_its_last_page() {
        let replaced =
            looks([(0, Load, "/a", "A"), (1, Other, "/old", "A"), (90, Replace, "/b", "A"), (190, Other, "/b", "B")]);
        assert_eq!(replaced, ["/a 0 A, -", "wait", "wait", "/b 90 B, wait"]);
        let titled = looks([(0, Other, "/a", "A"), (1, Other, "/b", "B"), (2, Leave, "/b", "B")]);
        assert_eq!(titled, ["wait", "/a 0 B, wait", "/b 1 /b, -"]);
        let pushed =
            looks([(0, Load, "/", "A"), (1, Other, "/old", "A"), (99, Other, "/b", "A"), (100, Leave, "/b", "B")]);
        assert_eq!(pushed, ["/ 0 A, -", "wait", "wait", "/b 99 B, -"]);
        let loaded = looks([(0, App, "/a", "A"), (1, Other, "/b", "A"), (2, Leave, "/b", "B")]);
        assert_eq!(loaded, ["wait", "/a 0 A, wait", "/b 1 B, -"]);
        let moved = looks([(0, App, "/old", "A"), (1, Replace, "/b", "A"), (2, Leave, "/b", "B")]);
        assert_eq!(moved, ["wait", "wait", "/b 1 B, -"]);
        let titled_before =
            looks([(0, Load, "/a", "A"), (1, Other, "/old", "A"), (50, Replace, "/b", "B"), (60, Leave, "/b", "B")]);
        assert_eq!(titled_before, ["/a 0 A, -", "wait", "wait", "/b 50 B, -"]);
        let back = looks([(0, Load, "/a", "A"), (1, Other, "/old", "A"), (2, Replace, "/a", "A")]);
        assert_eq!(back, ["/a 0 A, -", "wait", "-"]);
    }

    #[test]
    fn what_nobody_was_shown_is_no_view() {
        assert_eq!(looks([(0, Unseen, "/a", "A"), (1, Load, "/a", "A")]), ["-", "/a 1 A, -"]);
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
