//! What the customer does on the page: views, clicks, forms and products.

use crate::page::Page;
use wasm_bindgen_test::wasm_bindgen_test;

const HELP: &str = r#"{"policy":{"rules":[{"rule":"help","action":["service"],"kind":["record"]}]}}"#;

async fn recorded(page: &Page, count: usize) -> String {
    page.until(&["page.heard.filter(([event]) => event === 'recorded').length >= ", &count.to_string()].concat()).await;
    page.recorded().await
}

async fn route(page: &Page) {
    page.run("const { href } = location; page.restore = () => history.replaceState(null, '', href)").await;
    page.run("document.title = 'Home'; page.heard.length = 0").await;
    page.run("history.pushState({}, '', '/shirts'); document.title = 'Shirts'").await;
    assert_eq!(recorded(page, 1).await, r#"["Viewed page: Shirts"]"#);
    page.run("history.replaceState({}, '', '/shirts#size'); history.pushState({}, '', '/dresses')").await;
    // A title may come later.
    page.run("await new Promise((later) => setTimeout(later, 20)); document.title = 'Dresses'").await;
    assert_eq!(recorded(page, 2).await, r#"["Viewed page: Shirts","Viewed page: Dresses"]"#);
    page.run("page.call('stop'); page.restore()").await;
    assert_eq!(page.traps(), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_router_changes_the_address() {
    let page = Page::start();
    recorded(&page, 1).await;
    route(&page).await;
}

#[wasm_bindgen_test]
async fn a_router_changes_the_address_without_the_navigation_api() {
    let script = "(Object.defineProperty(window, 'navigation', { value: undefined, configurable: true }), {})";
    let page = Page::start_with("{}", script);
    recorded(&page, 1).await;
    let native = "[history.pushState.name, `${history.pushState}`.includes('[native code]'), Object.hasOwn(history, 'pushState')]";
    assert_eq!(page.json(&["return ", native].concat()).await, r#"["pushState",true,true]"#);
    route(&page).await;
    page.run("delete window.navigation").await;
}

#[wasm_bindgen_test]
async fn a_click_says_what_it_is() {
    let page = Page::start_with(HELP, "{}");
    recorded(&page, 1).await;
    page.run(
        r#"document.body.insertAdjacentHTML("beforeend", `<label id="wrap" data-omneo-interaction='{"action":"service","name":"Gift wrap"}'>
           <i>Gift wrap</i><input type="checkbox"></label>`);
           document.querySelector("label i").click();"#,
    )
    .await;
    assert!(recorded(&page, 2).await.ends_with(r#","Gift wrap"]"#));
    page.run("await new Promise((later) => setTimeout(later))").await;
    page.run(
        "document.querySelector('#wrap').dataset.omneoInteraction = '{'; document.querySelector('#wrap input').click()",
    )
    .await;
    page.until("page.heard.some(([event]) => event === 'failed')").await;
    page.run("document.querySelector('#wrap').remove()").await;
    assert_eq!(page.traps(), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_form_is_submitted() {
    let settings = r#"{"policy":{"rules":[{"rule":"sizes","form":["sizes"],"fields":["size"]}]}}"#;
    let page =
        Page::start_with(settings, "{ embeds: [(submitted) => { page.submitted = submitted; return '.embedded'; }] }");
    recorded(&page, 1).await;
    page.run(
        r#"document.body.insertAdjacentHTML("beforeend", `<form name="sizes" aria-label="Sizes" onsubmit="return false">
           <label>Size <input name="size" value="38"></label><input name="closest"><input name="email" value="ada@example.com">
           <button>Send</button></form>`);
           document.forms.sizes.querySelector("button").click();"#,
    )
    .await;
    assert!(recorded(&page, 2).await.ends_with(r#","Submitted form: Sizes"]"#));
    let fields = page.json("return page.heard.at(-1)[1].record.meta.fields").await;
    assert_eq!(fields, r#"{"size":"38"}"#);
    // Nothing new is told, and an adapter speaks for a form.
    page.run("document.forms.sizes.requestSubmit(); document.forms.sizes.className = 'embedded'").await;
    page.run("page.submitted('own:1', 'Feedback')").await;
    assert!(recorded(&page, 3).await.ends_with(r#","Submitted form: Feedback"]"#));
    page.run("document.forms.sizes.remove(); page.call('stop'); page.submitted('own:1')").await;
    assert_eq!(page.traps(), [""; 0]);
    assert_eq!(page.json("return Object.hasOwn(HTMLFormElement.prototype.submit, 'toString')").await, "false");
}

#[wasm_bindgen_test]
async fn a_product_is_shown_and_the_site_knows_it() {
    let page = Page::start_with("{}", "{ identify: async ({ name }) => ({ productId: name.length }) }");
    recorded(&page, 1).await;
    page.run(
        r#"const script = Object.assign(document.createElement("script"), { type: "application/ld+json" });
           script.text = '{"@type":"Product","name":"Linen dress","offers":' + "[".repeat(200) + "]".repeat(200) + "}";
           document.body.append(script, Object.assign(script.cloneNode(), { text: '{"@type":"Product","name":"Coat","sku":"C-1"}' }));"#,
    )
    .await;
    assert!(
        recorded(&page, 2).await.ends_with(r#","Viewed product: Coat"]"#),
        "what is nested too deep hides no product beside it"
    );
    assert_eq!(page.json("return page.heard.at(-1)[1].record.product_id").await, "4");
    page.run("document.querySelectorAll('script[type*=ld]').forEach((script) => script.remove())").await;
    assert_eq!(page.traps(), [""; 0]);
}
