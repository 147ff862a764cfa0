//! What a site emits to others already.

use super::*;
use crate::capture::Markup;

impl PageUnderTest {
    fn at_the_coat() -> PageUnderTest {
        let mut page = PageUnderTest::granted();
        page.address = "https://shop.example/coat?utm_source=mail".to_owned();
        page.title = "Coat".to_owned();
        page
    }

    fn emit(&mut self, event: &str, given: Option<&str>) {
        self.input(Input::Emitted { event: event.into(), given: given.map(json) });
    }

    /// The page is loaded, and shows that product.
    fn load(&mut self, json_ld: &str) {
        self.input(Input::Navigated { navigation: Navigation::Load });
        let markup = Markup { said: vec![vec![json(json_ld)]], ..Markup::default() };
        let Found::Product(mut product) = self.tracker.product(&markup, &self.context()) else { panic!("a product") };
        product.set("url", self.address.as_str());
        self.input(Input::ProductShown { product });
    }
}

#[test]
fn what_both_tell_is_recorded_once_whoever_tells_it_first() {
    let coat = r#"{"@type":"Product","name":"Coat","sku":"C-1"}"#;
    let emit = |page: &mut PageUnderTest| {
        page.emit("pageView", Some(r#"{"title":"Coat","url":"https://shop.example/coat?gclid=1#top"}"#));
        page.emit("productView", Some(r#"{"sku":"C-1","name":"A coat"}"#));
        page.emit("formSubmission", Some(r#"{"form":"newsletter"}"#));
        page.emit("formSubmission", Some("{}"));
    };
    let mut early = PageUnderTest::at_the_coat();
    emit(&mut early);
    early.load(coat);
    early.submit("newsletter", None);
    assert_eq!(
        early.names_recorded(),
        ["Viewed page: Coat", "Viewed product: A coat", "Submitted form: newsletter"],
        "nothing else than what was emitted"
    );
    let mut late = PageUnderTest::at_the_coat();
    late.load(coat);
    late.submit("newsletter", None);
    emit(&mut late);
    assert_eq!(late.names_recorded(), ["Viewed page: Coat", "Viewed product: Coat", "Submitted form: newsletter"]);
    late.submit("newsletter", None);
    assert_eq!(late.names_recorded().len(), 4, "submitted again");
    assert!(early.failed().is_empty() && late.failed().is_empty());
}

#[test]
fn a_login_that_is_emitted_is_the_one_that_the_token_tells_of() {
    for token_first in [false, true] {
        let mut page = PageUnderTest::granted();
        page.page_view();
        if token_first {
            page.token(token_of("ada"));
        }
        page.emit("login", Some(r#"{"method":"password"}"#));
        page.emit("login", Some(r#"{"method":"password"}"#));
        if !token_first {
            page.questions.remove(0);
            page.token(token_of("ada"));
        }
        assert_eq!(page.names_recorded(), ["Viewed page: Dresses", "Logged in"], "{token_first}");
    }
}

#[test]
fn what_has_a_model_of_its_own_is_refused_and_the_rest_is_left_alone() {
    let mut page = PageUnderTest::granted();
    for event in
        ["purchase", "add_payment_info", "checkout_completed", "gtm.js", "add_to_cart", "", "record", "pageView"]
    {
        page.emit(event, None);
    }
    let refused: Vec<&str> = page.refused().into_iter().map(|refused| &*refused.record.name).collect();
    assert_eq!(refused, ["purchase", "add_payment_info", "checkout_completed"]);
    assert!(page.refused()[0].reason.contains("Transaction"));
    assert!(page.recorded().is_empty() && page.failed().is_empty());
    page.emit("productView", Some(r#"{"sku":{"deep":1}}"#));
    assert_eq!(page.failed().len(), 1, "a mistake never reaches who emitted it");
}
