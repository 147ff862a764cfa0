//! The tracker in a Yew app.

use gloo_net::http::Request;
use omneo_interactions::app::{Error, Options, Tracker, Value};
use yew::html::ChildrenProps;
use yew::prelude::*;

/// The tracker of the provider around.
#[hook]
pub fn use_omneo() -> Tracker {
    use_context().expect("an OmneoProvider")
}

/// Around the whole app, once. The tracker stops when it is unmounted.
#[component]
pub fn OmneoProvider(props: &ChildrenProps) -> Html {
    let tracker = use_state(|| start().expect("settings that can be"));
    html! { <ContextProvider<Tracker> context={(*tracker).clone()}>{ props.children.clone() }</ContextProvider<Tracker>> }
}

fn start() -> Result<Tracker, Error> {
    Options::tenant("acme").start(token)
}

/// The token of who is signed in, null where nobody is. Where this fails, what is recorded waits.
async fn token() -> Result<Value, gloo_net::Error> {
    let answer = Request::get("/omneo/token").send().await?;
    if answer.status() == 401 { Ok(Value::Null) } else { answer.json().await }
}

/// What is wrong with a call.
pub fn warn(error: Error) {
    web_sys::console::warn_1(&error.to_string().into());
}
