//! How long a page was looked at, told with the view of it.

use super::*;

const DURATIONS: &str = r#"{"tenant":"acme","consent":"granted","capture":{"logins":false,"durations":true}}"#;

fn looked_at() -> PageUnderTest {
    let mut page = PageUnderTest::new(DURATIONS);
    page.input(|tracker, moment| tracker.visible(moment));
    page.open("/a", "A");
    page.token(&token_of("ada"));
    page
}

impl PageUnderTest {
    /// As a page does that looks at itself once it is loaded.
    fn open(&mut self, path: &str, title: &str) {
        let address = format!("https://shop.example{path}");
        let look = self.input(|tracker, moment| tracker.look("load", &address, title, moment));
        assert_eq!(look, crate::capture::Look::View);
        self.input(|tracker, moment| tracker.viewed(title, moment));
    }

    fn hide(&mut self) {
        self.input(|tracker, moment| tracker.hidden(moment));
    }

    /// The durations of what is posted, and of what is in storage, as they are written.
    fn durations(&self) -> [Vec<String>; 2] {
        let duration =
            |body: &str| Json::view(body).field("duration").map_or("none", |duration| duration.as_str()).to_owned();
        let kept = self.shelf.values().map(|text| duration(&text[text.find('{').unwrap()..]));
        [self.posts.iter().map(|(_, body)| duration(body)).collect(), kept.collect()]
    }
}

fn texts(posted: &[&str], kept: &[&str]) -> [Vec<String>; 2] {
    [posted, kept].map(|durations| durations.iter().map(|text| (*text).to_owned()).collect())
}

#[test]
fn a_view_leaves_with_the_next_one_and_tells_for_how_long_its_page_was_visible() {
    let mut page = looked_at();
    assert_eq!(page.durations(), texts(&[], &["none"]), "kept at once, and not sent, though there is a token");
    page.now += 7_400;
    page.hide();
    assert_eq!(page.durations(), texts(&[], &["7"]), "for whoever adopts it, should this page never be seen again");
    page.now += 60_000;
    page.input(|tracker, moment| tracker.visible(moment));
    page.now += 1_700;
    page.open("/b", "B");
    page.token(&token_of("ada"));
    assert_eq!(page.names_posted(), ["Viewed page: A"]);
    assert_eq!(page.durations()[0], ["9"]);
    page.answer(201);
    page.now += 2_000;
    page.input(|tracker, moment| tracker.leaving(moment));
    assert_eq!(page.durations(), texts(&["2"], &["2"]));
}

#[test]
fn flush_sends_what_is_held_and_settles() {
    let mut page = looked_at();
    page.now += 3_000;
    page.flush();
    assert_eq!(page.durations()[0], ["3"]);
    page.open("/b", "B");
    assert_eq!(page.settled, 0);
    page.answer(201);
    assert_eq!(page.settled, 1, "what is held since then is no part of it");
    assert_eq!(page.report(), r#"{"delivered":1,"refused":0,"kept":1,"failed":0}"#);
}

#[test]
fn the_next_page_delivers_the_view_of_one_that_died_with_the_time_known() {
    let mut page = looked_at();
    page.now += 5_000;
    page.hide();
    let mut next = page.next_page();
    next.token(&token_of("ada"));
    next.answer_with(200, "", r#"{"data":[]}"#);
    assert_eq!(next.durations()[0], ["5"]);
}

#[test]
fn what_is_adopted_leaves_at_once_and_the_view_that_is_held_does_not() {
    let mut page = looked_at();
    let mut other = PageUnderTest::new(DURATIONS);
    other.inputs = 1 << 32;
    other.kept = page.kept.clone();
    other.recall();
    other.open("/other", "Other");
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
        page.told("refused").into_iter().map(|detail| text(detail, "rule")).collect::<Vec<String>>()
    };
    assert_eq!(refused(|page| page.input(|tracker, m| tracker.consent(Consent::Denied, m))), ["consent-withdrawn"]);
    assert_eq!(refused(|page| page.input(|tracker, moment| tracker.sign_out(moment))), ["signed-out"]);
    let grace_signs_in = |page: &mut PageUnderTest| {
        page.input(|tracker, moment| {
            tracker.sending.log_in();
            tracker.woke(moment);
        });
        page.token(&token_of("grace"));
    };
    assert_eq!(refused(grace_signs_in), ["another-customer"]);
}

#[test]
fn without_consent_the_time_is_noted_in_memory_only() {
    let settings = DURATIONS.replace("granted", "unknown");
    let mut page = PageUnderTest::new(&settings);
    page.input(|tracker, moment| tracker.visible(moment));
    page.open("/a", "A");
    page.now += 4_000;
    page.hide();
    assert!(page.shelf.is_empty() && page.questions.is_empty());
    page.input(|tracker, moment| tracker.consent(Consent::Granted, moment));
    assert_eq!(page.durations(), texts(&[], &["4"]));
}

#[test]
fn only_views_are_held_and_none_that_brings_its_own_duration_or_where_nobody_asked() {
    let mut page = looked_at();
    page.call("productView", r#"{"name":"Dress"}"#).unwrap();
    page.call("pageView", r#"{"duration":12}"#).unwrap();
    assert_eq!(page.names_posted(), ["Viewed product: Dress", "Viewed page: A", "Viewed page: Dresses"]);
    assert_eq!(page.durations()[0], ["none", "0", "12"]);
    let mut page = PageUnderTest::granted();
    page.open("/a", "A");
    page.token(&token_of("ada"));
    assert_eq!(page.names_posted()[0], "Viewed page: A");
    assert_eq!(page.durations()[0][0], "none");
}
