//! How long a page was looked at, told with the view of it.

use super::*;

const DURATIONS: &str = r#"{"tenant":"acme","consent":"granted","capture":{"logins":false,"durations":true}}"#;

fn looked_at() -> PageUnderTest {
    let mut page = PageUnderTest::new(DURATIONS);
    page.input(Input::Visible);
    page.open("https://shop.example/a", "A");
    page.token(token_of("ada"));
    page
}

impl PageUnderTest {
    fn hide(&mut self) {
        self.input(Input::Hidden);
    }

    /// The durations of what is posted, and of what is in storage.
    fn durations(&self) -> [Durations; 2] {
        let posted = self.posts.iter().map(|post| post.record().duration);
        let kept = self.shelf.values().map(|text| json(text).get("record")?.get("duration")?.number());
        [posted.collect(), kept.collect()]
    }
}

type Durations = Vec<Option<f64>>;

#[test]
fn a_view_leaves_with_the_next_one_and_tells_for_how_long_its_page_was_visible() {
    let mut page = looked_at();
    assert_eq!(page.durations(), [vec![], vec![None]], "kept at once, and not sent, though there is a token");
    page.now += 7_400;
    page.hide();
    assert_eq!(
        page.durations(),
        [vec![], vec![Some(7.0)]],
        "for whoever adopts it, should this page never be seen again"
    );
    page.now += 60_000;
    page.input(Input::Visible);
    page.now += 1_700;
    page.open("https://shop.example/b", "B");
    page.token(token_of("ada"));
    assert_eq!(page.names_posted(), ["Viewed page: A"]);
    assert_eq!(page.durations()[0], [Some(9.0)]);
    page.answer(201);
    page.now += 2_000;
    page.input(Input::Leaving);
    assert_eq!(page.durations(), [vec![Some(2.0)], vec![Some(2.0)]]);
}

#[test]
fn flush_sends_what_is_held_and_settles() {
    let mut page = looked_at();
    page.now += 3_000;
    page.flush();
    assert_eq!(page.durations()[0], [Some(3.0)]);
    page.open("https://shop.example/b", "B");
    assert_eq!(page.settled, 0);
    page.answer(201);
    assert_eq!(page.settled, 1, "what is held since then is no part of it");
    assert_eq!(page.report(), Report { delivered: 1, kept: 1, ..Report::default() });
}

#[test]
fn the_next_page_delivers_the_view_of_one_that_died_with_the_time_known() {
    let mut page = looked_at();
    page.now += 5_000;
    page.hide();
    let mut next = page.next_page();
    next.token(token_of("ada"));
    next.answer_with(200, "", r#"{"data":[]}"#);
    assert_eq!(next.durations()[0], [Some(5.0)]);
}

#[test]
fn what_is_adopted_leaves_at_once_and_the_view_that_is_held_does_not() {
    let mut page = looked_at();
    let mut other = PageUnderTest::new(DURATIONS);
    other.inputs = 1 << 32;
    other.kept = page.kept.clone();
    other.recall();
    other.open("https://shop.example/other", "Other");
    page.shelf.extend(other.shelf);
    page.adopt();
    page.answer_with(200, "", r#"{"data":[]}"#);
    assert_eq!(page.names_posted(), ["Viewed page: Other"]);
}

#[test]
fn what_is_held_is_refused_like_any_record() {
    let refused = |act: fn(&mut PageUnderTest)| {
        let mut page = looked_at();
        act(&mut page);
        assert!(page.shelf.is_empty() && page.posts.is_empty());
        page.rules_refused().into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(refused(|page| page.consent(Consent::Denied)), ["consent-withdrawn"]);
    assert_eq!(refused(|page| page.input(Input::SignOut)), ["signed-out"]);
    let grace_signs_in = |page: &mut PageUnderTest| {
        page.tracker.sending.log_in();
        page.input(Input::Woke);
        page.token(token_of("grace"));
    };
    assert_eq!(refused(grace_signs_in), ["another-customer"]);
}

#[test]
fn without_consent_the_time_is_noted_in_memory_only() {
    let settings = DURATIONS.replace("granted", "unknown");
    let mut page = PageUnderTest::new(&settings);
    page.input(Input::Visible);
    page.open("https://shop.example/a", "A");
    page.now += 4_000;
    page.hide();
    assert!(page.shelf.is_empty() && page.questions.is_empty());
    page.consent(Consent::Granted);
    assert_eq!(page.durations(), [vec![], vec![Some(4.0)]]);
}

#[test]
fn only_views_are_held_and_none_that_brings_its_own_duration_or_where_nobody_asked() {
    let mut page = looked_at();
    page.call(CallName::ProductView, r#"{"name":"Dress"}"#).unwrap();
    page.call(CallName::PageView, r#"{"title":"Dresses","duration":12}"#).unwrap();
    assert_eq!(page.names_posted(), ["Viewed product: Dress", "Viewed page: A", "Viewed page: Dresses"]);
    assert_eq!(page.durations()[0], [None, Some(0.0), Some(12.0)]);
    let mut page = PageUnderTest::granted();
    page.open("https://shop.example/a", "A");
    page.token(token_of("ada"));
    assert_eq!(page.names_posted()[0], "Viewed page: A");
    assert_eq!(page.durations()[0][0], None);
}
