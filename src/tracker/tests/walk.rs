//! One page as a model: any steps in any order.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

#[derive(Clone, Debug)]
enum Step {
    View,
    Token(TokenAnswer),
    Answer(u16),
    Consent(Consent),
    Pass(i64),
    Flush,
    Leave,
    Hide,
    Show,
    SignOut,
    SignIn,
}

fn step() -> impl Strategy<Value = Step> {
    let status = prop::sample::select(vec![201, 200, 401, 404, 422, 429, 500, 0]);
    let failed = TokenAnswer::Failed { error: "503".into() };
    let answers = vec![token_of("ada"), source_answers("\"opaque\""), nobody(), source_answers("7"), failed];
    prop_oneof![
        6 => Just(Step::View),
        4 => prop::sample::select(answers).prop_map(Step::Token),
        6 => status.prop_map(Step::Answer),
        1 => prop::sample::select(vec![Consent::Unknown, Consent::Granted, Consent::Denied]).prop_map(Step::Consent),
        2 => (-10_000..400_000_i64).prop_map(Step::Pass),
        2 => Just(Step::Flush),
        1 => Just(Step::Leave),
        1 => Just(Step::Hide),
        1 => Just(Step::Show),
        1 => Just(Step::SignOut),
        1 => Just(Step::SignIn),
    ]
}

proptest! {
    // Whatever happens in whatever order: every accepted record is delivered, refused, failed or still kept; nothing leaves
    // without consent; no record is on its way twice; and once all is well again, all that is kept arrives.
    #[test]
    fn no_record_is_lost_and_none_leaves_without_consent(steps in prop::collection::vec(step(), 0..80), durations: bool) {
        let mut page = PageUnderTest::new(&format!(r#"{{"tenant":"acme","capture":{{"logins":false,"durations":{durations}}}}}"#));
        let mut consent = Consent::Unknown;
        for step in steps {
            match step {
                Step::View => page.page_view(),
                Step::Token(answer) if !page.questions.is_empty() => page.token(answer),
                Step::Answer(status) if !page.posts.is_empty() => page.answer(status),
                Step::Consent(answer) => { consent = answer; page.consent(answer); }
                Step::Pass(ms) => { page.now += ms; page.input(Input::Woke); }
                Step::Flush => page.flush(),
                Step::Leave => page.input(Input::Leaving),
                Step::Hide => page.input(Input::Hidden),
                Step::Show => page.input(Input::Visible),
                Step::SignOut => page.input(Input::SignOut),
                Step::SignIn => page.log_in(),
                Step::Token(_) | Step::Answer(_) => {}
            }
            prop_assert!(consent == Consent::Granted || page.posts.is_empty());
            prop_assert!(page.posts.iter().filter(|post| post.is_look()).count() <= 1, "two looks at once");
            let under_way: Vec<_> = page.posts.iter().flat_map(Post::records).collect();
            let ids: BTreeSet<&str> = under_way.iter().map(|record| id(record)).collect();
            prop_assert_eq!(ids.len(), under_way.len(), "under way twice");
            let waiting = page.tracker.queue.len();
            prop_assert_eq!(page.shelf.len(), if consent == Consent::Granted { waiting } else { 0 });
        }
        page.consent(Consent::Granted);
        page.log_in();
        for _ in 0..600 {
            page.now += 400_000;
            page.flush();
            if !page.questions.is_empty() { page.token(token_of("ada")); }
            if !page.posts.is_empty() { page.answer_with(201, "", r#"{"data":[]}"#); }
        }
        prop_assert!(page.shelf.is_empty());
        let recorded = page.recorded().len() as u64;
        let never_accepted = page.refused().iter().filter(|refused| refused.kind.is_some()).count() as u64;
        let Totals { delivered, refused, failed } = page.tracker.totals;
        prop_assert_eq!(page.tracker.queue.len(), 0);
        prop_assert_eq!(delivered + failed + refused - never_accepted, recorded);
    }
}
