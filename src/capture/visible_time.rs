//! How long a page was looked at.

use crate::interaction::Instant;

/// The time for which the page that is shown was visible.
#[derive(Debug, Default)]
pub struct VisibleTime {
    /// Up to when it was last hidden, in milliseconds.
    visible_ms: i64,
    /// Since when it has been visible, where it is.
    since: Option<Instant>,
}

impl VisibleTime {
    /// Another page is shown from then on, as visible as the one before.
    pub fn begin(&mut self, now: Instant) {
        self.visible_ms = 0;
        self.since = self.since.map(|_| now);
    }

    /// The page is visible, perhaps for some time already.
    pub fn show(&mut self, now: Instant) {
        self.since.get_or_insert(now);
    }

    /// The page is hidden.
    pub fn hide(&mut self, now: Instant) {
        self.visible_ms = self.visible(now);
        self.since = None;
    }

    /// The whole seconds for which it was visible.
    pub fn seconds(&self, now: Instant) -> u64 {
        self.visible(now) as u64 / 1_000
    }

    // A clock that was set back counts as no time passed.
    fn visible(&self, now: Instant) -> i64 {
        self.visible_ms + self.since.map_or(0, |since| (now.0 - since.0).max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hidden_time_does_not_count_and_the_next_page_begins_anew() {
        let mut time = VisibleTime::default();
        time.begin(Instant(0));
        assert_eq!(time.seconds(Instant(9_000)), 0, "loaded where nobody sees it");
        time.show(Instant(10_000));
        time.show(Instant(12_000));
        assert_eq!(time.seconds(Instant(13_999)), 3);
        time.hide(Instant(13_999));
        time.hide(Instant(20_000));
        assert_eq!(time.seconds(Instant(90_000)), 3);
        time.show(Instant(90_000));
        assert_eq!(time.seconds(Instant(90_001)), 4);
        time.begin(Instant(100_000));
        assert_eq!(time.seconds(Instant(102_500)), 2);
        assert_eq!(time.seconds(Instant(50_000)), 0, "the clock was set back");
    }

    proptest! {
        // The model: the sum of what passed while it was visible.
        #[test]
        fn it_is_what_passed_while_it_was_visible(steps in prop::collection::vec((0..100_000_i64, any::<bool>()), 0..40)) {
            let mut time = VisibleTime::default();
            let (mut now, mut visible, mut passed) = (0, false, 0);
            for (ms, shows) in steps {
                now += ms;
                passed += if visible { ms } else { 0 };
                if shows { time.show(Instant(now)) } else { time.hide(Instant(now)) }
                visible = shows;
                prop_assert_eq!(time.seconds(Instant(now)), passed as u64 / 1_000);
            }
        }
    }
}
