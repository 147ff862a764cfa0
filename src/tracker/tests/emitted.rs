//! What a site emits to others already.

use super::*;
use crate::capture::Look;

const SHOP: &str = "https://shop.example/coat?utm_source=mail";

impl PageUnderTest {
    fn hear(&mut self, call: &str, given: &str) {
        let given = Json::parse(given).ok();
        self.input(|tracker, moment| tracker.heard(call, given, SHOP, "Coat", moment));
    }

    fn look(&mut self, json_ld: &str) {
        self.input(|tracker, moment| {
            assert_eq!(tracker.look("load", SHOP, "Coat", moment), Look::View);
            tracker.viewed("Coat", moment)
        });
        let markup = format!(r#"{{"said":[[{json_ld}]]}}"#);
        let product = self.tracker.product_of(Json::parse(&markup).unwrap());
        let product = format!(r#"{{"url":"{SHOP}",{}"#, &product[1..]);
        self.input(|tracker, moment| tracker.shown(Json::parse(&product).unwrap(), moment));
    }

    fn names(&self, event: &str) -> Vec<String> {
        self.told(event).into_iter().map(|detail| text(detail.field("record").unwrap(), "name")).collect()
    }
}

#[test]
fn what_both_tell_is_recorded_once_whoever_tells_it_first() {
    let coat = r#"{"@type":"Product","name":"Coat","sku":"C-1"}"#;
    let emit = |page: &mut PageUnderTest| {
        page.hear("pageView", r#"{"title":"Coat","url":"https://shop.example/coat?gclid=1#top"}"#);
        page.hear("productView", r#"{"sku":"C-1","name":"A coat"}"#);
        page.hear("formSubmission", r#"{"form":"newsletter"}"#);
        page.hear("formSubmission", "{}");
    };
    let submit = |page: &mut PageUnderTest| {
        page.input(|tracker, moment| tracker.submitted("newsletter", "", "", Json::EMPTY_LIST, SHOP, moment));
    };
    let mut early = PageUnderTest::granted();
    emit(&mut early);
    early.look(coat);
    submit(&mut early);
    assert_eq!(
        early.names("recorded"),
        ["Viewed page: Coat", "Viewed product: A coat", "Submitted form: newsletter"],
        "nothing else than what was emitted"
    );
    let mut late = PageUnderTest::granted();
    late.look(coat);
    submit(&mut late);
    emit(&mut late);
    assert_eq!(late.names("recorded"), ["Viewed page: Coat", "Viewed product: Coat", "Submitted form: newsletter"]);
    submit(&mut late);
    assert_eq!(late.names("recorded").len(), 4, "submitted again");
    assert!(early.told("failed").is_empty() && late.told("failed").is_empty());
}

#[test]
fn a_login_that_is_emitted_is_the_one_that_the_token_tells_of() {
    for token_first in [false, true] {
        let mut page = PageUnderTest::granted();
        page.page_view();
        if token_first {
            page.token(&token_of("ada"));
        }
        page.hear("login", r#"{"method":"password"}"#);
        page.hear("login", r#"{"method":"password"}"#);
        if !token_first {
            page.questions.remove(0);
            page.token(&token_of("ada"));
        }
        assert_eq!(page.names("recorded"), ["Viewed page: Dresses", "Logged in"], "{token_first}");
    }
}

#[test]
fn what_has_a_model_of_its_own_is_refused_and_the_rest_is_left_alone() {
    let mut page = PageUnderTest::granted();
    for event in
        ["purchase", "add_payment_info", "checkout_completed", "gtm.js", "add_to_cart", "", "record", "pageView"]
    {
        page.hear(event, "null");
    }
    assert_eq!(page.names("refused"), ["purchase", "add_payment_info", "checkout_completed"]);
    assert!(text(page.told("refused")[0], "reason").contains("Transaction"));
    assert!(page.told("recorded").is_empty() && page.told("failed").is_empty());
    page.hear("productView", r#"{"sku":{"deep":1}}"#);
    assert_eq!(page.told("failed").len(), 1, "a mistake never reaches who emitted it");
}
