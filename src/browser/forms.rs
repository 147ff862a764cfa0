//! Which forms are submitted, however that is done.

use super::edge::Edge;
use super::embeds;
use super::listener::{Listeners, Phase};
use super::node::{ask, ask_for, path_of};
use super::repeats::{CHANGES, Repeats};
use super::window::window;
use super::wrap::wrap;
use super::{markup, timers};
use crate::tracker::Input;
use js_sys::{Function, Reflect, WeakSet};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::{JsCast, JsValue};
use web_sys::{AbortSignal, EventTarget, HtmlFormElement, ShadowRoot};

/// Tells of each submission, until `listeners` end. What the browser's own validation stops fires no event and is none.
///
/// # Errors
/// What wrapping threw.
pub(super) fn follow(edge: &Edge, listeners: &Rc<Listeners>) -> Result<(), JsValue> {
    let forms = Rc::new(Forms::new(embeds::follow(edge, listeners), listeners.signal()));
    let roots = Rc::new(Roots::new(edge, &forms, listeners));
    let window = window();
    roots.watch(&window, listeners);

    // Whoever fills in a form clicks or has the focus in it first, and these events tell of the shadow roots that they come from.
    let known = roots.clone();
    let look = listeners.function(edge, move |edge, event| known.look(edge, &event));
    for event in ["click", "focusin"] {
        listeners.listen(&window, event, Phase::Capture, &look);
    }

    // Called on what is no form, the methods themselves throw.
    let wrap_method = |method, called: Function| {
        let prototype = Reflect::get(&Reflect::get(&window, &"HTMLFormElement".into())?, &"prototype".into())?;
        wrap(&prototype, method, &listeners.signal(), Some(&called), None)
    };
    wrap_method("requestSubmit", on_form(edge, listeners, move |edge, form| roots.watch_around(edge, form)))?;
    wrap_method("submit", on_form(edge, listeners, move |edge, form| forms.sent(edge, form)))
}

fn on_form(edge: &Edge, listeners: &Listeners, called: impl Fn(&Edge, &HtmlFormElement) + 'static) -> Function {
    listeners.function(edge, move |edge, form| {
        if let Some(form) = form.dyn_ref() {
            called(edge, form);
        }
    })
}

struct Forms {
    /// Selectors of the forms that an adapter speaks for.
    embedded: Vec<String>,
    /// Is aborted when the listeners end.
    signal: AbortSignal,
    /// The forms whose event is on its way.
    on_the_way: RefCell<Vec<HtmlFormElement>>,
    /// The forms whose event a script took over.
    taken: WeakSet,
    /// The last one that was taken over.
    latest: RefCell<Option<HtmlFormElement>>,
    repeats: Repeats,
}

impl Forms {
    fn new(embedded: Vec<String>, signal: AbortSignal) -> Forms {
        Forms {
            embedded,
            signal,
            on_the_way: RefCell::default(),
            taken: WeakSet::new(),
            latest: RefCell::default(),
            repeats: Repeats::default(),
        }
    }

    // A page's own listener may stop the event on its way. And where a script takes it over, what it thinks of the input is seen a
    // task later; else the page is about to go.
    fn begun(self: &Rc<Forms>, edge: &Edge, event: JsValue) {
        let Some(form) = form_of(&event) else { return };
        self.ends(&form);
        self.on_the_way.borrow_mut().push(form.clone());
        let forms = self.clone();
        timers::later(edge, 0, move |edge| forms.decide(edge, &form, &event));
    }

    fn arrived(&self, edge: &Edge, event: &JsValue) {
        if !is_prevented(event)
            && let Some(form) = form_of(event)
        {
            self.decide(edge, &form, event);
        }
    }

    fn decide(&self, edge: &Edge, form: &HtmlFormElement, event: &JsValue) {
        let is_taken = is_prevented(event);
        if !self.ends(form) || self.signal.aborted() || (is_taken && is_invalid(form)) {
            return;
        }
        if is_taken {
            self.taken.add(form);
            *self.latest.borrow_mut() = Some(form.clone());
        }
        self.count(edge, form, &ask(event, "submitter"));
    }

    // `submit` fires no event. After one that a script took over, to do something first, it is the same submission, also by a copy of
    // the form.
    fn sent(&self, edge: &Edge, form: &HtmlFormElement) {
        if self.taken.delete(form) {
            return;
        }
        let known: Vec<_> = self.on_the_way.borrow().iter().chain(self.latest.borrow().iter()).cloned().collect();
        let own = known.iter().find(|one| is_same(one, form)).unwrap_or(form);
        if !self.taken.delete(own) && ask(form, "isConnected").is_truthy() {
            self.ends(own);
            self.count(edge, own, &JsValue::UNDEFINED);
        }
    }

    /// Whether the event of the form was on its way, which it is no more.
    fn ends(&self, form: &HtmlFormElement) -> bool {
        let mut on_the_way = self.on_the_way.borrow_mut();
        let place = on_the_way.iter().position(|one| one == form);
        place.map(|place| on_the_way.remove(place)).is_some()
    }

    fn count(&self, edge: &Edge, form: &HtmlFormElement, submitter: &JsValue) {
        let is_embedded = || self.embedded.iter().any(|selector| ask_for(form, "matches", selector).is_truthy());
        let last = self.repeats.submit(form);
        if is_embedded() {
            return;
        }
        match markup::read(edge, form, submitter, last) {
            Ok(submission) => edge.tell(Input::Submitted { submission }),
            Err(error) => edge.failed("A form could not be read.", &error),
        }
    }
}

/// The window, and the shadow roots that are known: each of these keeps its events to itself.
struct Roots {
    watched: WeakSet,
    begun: Function,
    arrived: Function,
    changed: Function,
}

impl Roots {
    fn new(edge: &Edge, forms: &Rc<Forms>, listeners: &Listeners) -> Roots {
        let [begun, arrived, changed] = [(); 3].map(|()| forms.clone());
        Roots {
            watched: WeakSet::new(),
            begun: listeners.function(edge, move |edge, event| begun.begun(edge, event)),
            arrived: listeners.function(edge, move |edge, event| arrived.arrived(edge, &event)),
            changed: listeners.function(edge, move |_, event| changed.repeats.change(&event)),
        }
    }

    fn watch(&self, root: &EventTarget, listeners: &Listeners) {
        if self.watched.has(root) {
            return;
        }
        self.watched.add(root);
        for event in CHANGES {
            listeners.listen(root, event, Phase::Capture, &self.changed);
        }
        listeners.listen(root, "submit", Phase::Capture, &self.begun);
        listeners.listen(root, "submit", Phase::Bubble, &self.arrived);
    }

    fn look(&self, edge: &Edge, event: &JsValue) {
        let Some(listeners) = edge.listeners() else { return };
        for root in path_of(event).iter().filter_map(|node| node.dyn_ref::<ShadowRoot>()) {
            self.watch(root, &listeners);
        }
    }

    fn watch_around(&self, edge: &Edge, form: &HtmlFormElement) {
        let root = ask(form, "getRootNode");
        if root.is_object()
            && let Some(listeners) = edge.listeners()
        {
            self.watch(root.unchecked_ref(), &listeners);
        }
    }
}

// A script may dispatch an event of that name anywhere.
fn form_of(event: &JsValue) -> Option<HtmlFormElement> {
    ask(event, "target").dyn_into().ok()
}

fn is_prevented(event: &JsValue) -> bool {
    ask(event, "defaultPrevented").is_truthy()
}

// A copy of a form has all that the form has, but what the script that made it changed, such as its style.
fn is_same(one: &HtmlFormElement, other: &HtmlFormElement) -> bool {
    let has_same = |name| ask_for(one, "getAttribute", name) == ask_for(other, "getAttribute", name);
    one == other || (ask(one, "length") == ask(other, "length") && ["name", "id", "action"].into_iter().all(has_same))
}

// A script that checks the input itself prevents the event, as one does that sends it: what was wrong is told by the browser where it
// may not tell the visitor, or by ARIA, as validation libraries do.
fn is_invalid(form: &HtmlFormElement) -> bool {
    let is = |name, given| ask_for(form, name, given).is_truthy();
    (is("hasAttribute", "novalidate") && is("matches", ":invalid")) || is("querySelector", "[aria-invalid=true]")
}
