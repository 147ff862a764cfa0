//! Which forms are submitted, however that is done.

use super::attempts::{self, Following, look_at_all, note_changes, press_of};
use super::edge::Edge;
use super::embeds;
use super::listener::{Listeners, Phase};
use super::node::{ask, ask_for, path_of};
use super::window::window;
use super::wrap::wrap;
use super::{markup, timers};
use crate::capture::{Attempt, Press};
use crate::tracker::Input;
use js_sys::{Function, Object, Reflect, WeakSet};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::{JsCast, JsValue};
use web_sys::{AbortSignal, Event, EventTarget, HtmlFormElement, ShadowRoot};

/// Tells of each submission, until `listeners` end. What the browser's own validation stops fires no event and is none.
///
/// # Errors
/// What wrapping threw.
pub(super) fn follow(edge: &Edge, listeners: &Rc<Listeners>) -> Result<(), JsValue> {
    let forms = Rc::new(Forms::new(edge, listeners));
    let roots = Rc::new(Roots::new(edge, &forms, listeners));
    let window = window();
    roots.watch(&window, listeners);

    // Whoever fills in a form clicks or has the focus in it first, and these events tell of the shadow roots that they come from.
    let known = roots.clone();
    let look = listeners.function(edge, move |edge, event| known.look(edge, &event));
    for event in ["click", "focusin"] {
        listeners.listen(&window, event, Phase::Capture, &look);
    }
    let pressed = forms.clone();
    let pressed = listeners.function(edge, move |edge, event| pressed.pressed(edge, event));
    for event in ["click", "keydown"] {
        listeners.listen(&window, event, Phase::Capture, &pressed);
    }
    // Before the tracker leaves the page.
    let left = forms.clone();
    listeners.on(edge, &window, "pagehide", Phase::Capture, move |edge, _| left.leave(edge));

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
    /// Looks at a form whose last submission is open.
    look: Function,
}

impl Forms {
    fn new(edge: &Edge, listeners: &Rc<Listeners>) -> Forms {
        Forms {
            embedded: embeds::follow(edge, listeners),
            signal: listeners.signal(),
            on_the_way: RefCell::default(),
            taken: WeakSet::new(),
            latest: RefCell::default(),
            look: attempts::look(edge, listeners),
        }
    }

    // A page's own listener may stop the event on its way. And where a script takes it over, what it thinks of the input is seen a
    // task later; else the page is about to go.
    fn begun(self: &Rc<Forms>, edge: &Edge, event: JsValue) {
        let Some(form) = form_of(&event) else { return };
        self.ends(&form);
        self.on_the_way.borrow_mut().push(form.clone());
        let following = Following::begin(&form, &ask(&event, "submitter"));
        let forms = self.clone();
        timers::later(edge, 0, move |edge| forms.decide(edge, &form, &event, Some(following)));
    }

    fn arrived(self: &Rc<Forms>, edge: &Edge, event: &JsValue) {
        if !is_taken(event)
            && let Some(form) = form_of(event)
        {
            self.decide(edge, &form, event, None);
        }
    }

    fn decide(self: &Rc<Forms>, edge: &Edge, form: &HtmlFormElement, event: &JsValue, following: Option<Following>) {
        if !self.ends(form) || self.signal.aborted() {
            return;
        }
        let following = following.filter(|_| is_taken(event));
        if following.is_some() {
            self.taken.add(form);
            *self.latest.borrow_mut() = Some(form.clone());
        }
        self.count(edge, form, &ask(event, "submitter"), false, following.map(|following| (None, following)));
    }

    // A handler that leads to another page may leave no task to decide in.
    fn leave(&self, edge: &Edge) {
        for form in self.on_the_way.take() {
            self.count(edge, &form, &JsValue::UNDEFINED, false, None);
        }
        _ = look_at_all(&self.look);
    }

    // `submit` fires no event. After one that a script took over, to do something first, it is the same submission, also by a copy of
    // the form.
    fn sent(self: &Rc<Forms>, edge: &Edge, form: &HtmlFormElement) {
        let known: Vec<_> = self.on_the_way.borrow().iter().chain(self.latest.borrow().iter()).cloned().collect();
        let own = known.iter().find(|one| is_same(one, form)).unwrap_or(form);
        let is_continued = self.taken.delete(form) || self.taken.delete(own);
        if is_continued || ask(form, "isConnected").is_truthy() {
            self.ends(own);
            self.count(edge, own, &JsValue::UNDEFINED, is_continued, None);
        }
    }

    // A button, or the Enter key, for which the page may send what is in a form without the browser's doing. Whether it does is seen a
    // task later, and what becomes of it after that.
    fn pressed(self: &Rc<Forms>, edge: &Edge, event: JsValue) {
        let key = ask(&event, "key");
        if key.is_string() && key != "Enter" {
            return;
        }
        let Ok(Some(pressed)) = press_of(&ask(&event, "composedPath"), key.is_string()) else { return };
        let (form, button) = (pressed.form(), pressed.button());
        let following = Following::begin(&form, &button);
        let forms = self.clone();
        timers::later(edge, 0, move |edge| {
            let is_submitted = forms.on_the_way.borrow().iter().any(|one| one.unchecked_ref::<Object>() == &form);
            if !is_submitted && !forms.signal.aborted() {
                let press = Press::of(pressed.is(), ask(&event, "defaultPrevented").is_truthy());
                forms.count(edge, &form, &button, false, Some((Some(press), following)));
            }
        });
    }

    /// Whether the event of the form was on its way, which it is no more.
    fn ends(&self, form: &HtmlFormElement) -> bool {
        let mut on_the_way = self.on_the_way.borrow_mut();
        let place = on_the_way.iter().position(|one| one == form);
        place.map(|place| on_the_way.remove(place)).is_some()
    }

    fn count(
        &self,
        edge: &Edge,
        form: &Object,
        submitter: &JsValue,
        is_continued: bool,
        attempt: Option<(Option<Press>, Following)>,
    ) {
        if self.embedded.iter().any(|selector| ask_for(form, "matches", selector).is_truthy()) {
            return;
        }
        let press = attempt.as_ref().and_then(|(press, _)| *press);
        let mut submission =
            match markup::read(edge, form, submitter, |fields| press.is_none_or(|press| press.may_submit(fields))) {
                Ok(Some(submission)) => submission,
                Ok(None) => return,
                Err(error) => return edge.failed("A form could not be read.", &error),
            };
        let number = submission.number;
        submission.is_continued = is_continued;
        let is_open = || edge.ask(|tracker, _| tracker.is_open(number));
        if press.is_some() && is_open() {
            return;
        }
        let Some((press, following)) = attempt else { return edge.tell(Input::Submitted { submission }) };
        submission.attempt = Some(Attempt::new(press));
        submission.signs = following.seen();
        edge.tell(Input::Submitted { submission });
        if is_open() {
            following.watch(number, &self.look, &self.signal);
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
        let [begun, arrived] = [(); 2].map(|()| forms.clone());
        Roots {
            watched: WeakSet::new(),
            begun: listeners.function(edge, move |edge, event| begun.begun(edge, event)),
            arrived: listeners.function(edge, move |edge, event| arrived.arrived(edge, &event)),
            changed: note_changes().unwrap_or_default(),
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

// What a script made itself, the browser does nothing with.
fn is_taken(event: &JsValue) -> bool {
    ask(event, "defaultPrevented").is_truthy() || !event.unchecked_ref::<Event>().is_trusted()
}

// A copy of a form has all that the form has, but what the script that made it changed, such as its style.
fn is_same(one: &HtmlFormElement, other: &HtmlFormElement) -> bool {
    let has_same = |name| ask_for(one, "getAttribute", name) == ask_for(other, "getAttribute", name);
    one == other || (ask(one, "length") == ask(other, "length") && ["name", "id", "action"].into_iter().all(has_same))
}

/// The events that tell of a change.
const CHANGES: [&str; 3] = ["input", "change", "reset"];
