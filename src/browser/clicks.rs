//! What is clicked of all that has `data-omneo-interaction`.

use super::edge::Edge;
use super::listener::{Listeners, Phase};
use super::node::{ask, ask_for, path_of};
use super::window::window;
use super::{timers, value};
use crate::interaction::Value;
use crate::tracker::Input;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Tells of each click, wherever the page's own listeners stop it, until `listeners` end.
pub(super) fn follow(edge: &Edge, listeners: &Rc<Listeners>) -> Result<(), JsValue> {
    let echo = Echo::default();
    listeners.on(edge, &window(), "click", Phase::Capture, move |edge, event| look(edge, &event, &echo));
    Ok(())
}

/// To the control of a label that is clicked the browser dispatches a click of its own, in the same task (HTML standard, "The label
/// element"). This control, and the element that the click was told of: on the same one it is the same click.
type Echo = Rc<RefCell<Option<(JsValue, JsValue)>>>;

fn look(edge: &Edge, event: &JsValue, echo: &Echo) {
    let path = path_of(event);
    let Some((element, text)) = path.iter().find_map(|node| Some((node, interaction_of(node)?))) else { return };
    let click = (path[0].clone(), element.clone());
    if echo.borrow().as_ref() == Some(&click) {
        return;
    }
    edge.tell(Input::Clicked { given: given(&text), element: name_of(element) });
    let (target, element) = click;
    let label = path.iter().find(|node| ask(node, "localName") == "label");
    let control = label.map(|label| ask(label, "control")).filter(|control| *control != target);
    *echo.borrow_mut() = control.map(|control| (control, element));
    let echo = echo.clone();
    timers::later(edge, 0, move |_| *echo.borrow_mut() = None);
}

fn interaction_of(node: &JsValue) -> Option<JsValue> {
    Some(ask_for(node, "getAttribute", "data-omneo-interaction")).filter(JsValue::is_truthy)
}

// What is no JSON is refused by the tracker as it is.
fn given(text: &JsValue) -> Value {
    match value::parse(text) {
        Value::Null => value::read(text).unwrap_or_default(),
        given => given,
    }
}

/// How to call an element.
fn name_of(element: &JsValue) -> Box<str> {
    let [name, id] = ["localName", "id"].map(|name| ask(element, name).as_string().unwrap_or_default());
    if id.is_empty() { name.into() } else { [name, id].join("#").into() }
}
