//! Which forms are submitted, however that is done.

use super::attempts::{Followed, Open, press_of};
use super::edge::Edge;
use super::embeds;
use super::listener::{Listeners, Phase};
use super::markup::Form;
use super::node::{ask, ask_for, path_of};
use super::repeats::{CHANGES, Repeats};
use super::timers;
use super::window::window;
use super::wrap::wrap;
use crate::capture::{Attempt, Press};
use crate::tracker::Input;
use js_sys::{Function, Object, Reflect, WeakSet};
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
    let pressed = forms.clone();
    let pressed = listeners.function(edge, move |edge, event| pressed.pressed(edge, event));
    for event in ["click", "keydown"] {
        listeners.listen(&window, event, Phase::Capture, &pressed);
    }
    // Before the tracker leaves the page.
    let left = forms.clone();
    listeners.on(edge, &window, "pagehide", Phase::Capture, move |edge, _| left.open.look_at_all(edge));

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
    open: Rc<Open>,
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
            open: Rc::default(),
        }
    }

    // A page's own listener may stop the event on its way. And where a script takes it over, what it thinks of the input is seen a
    // task later; else the page is about to go.
    fn begun(self: &Rc<Forms>, edge: &Edge, event: JsValue) {
        let Some(form) = form_of(&event) else { return };
        self.ends(&form);
        self.on_the_way.borrow_mut().push(form.clone());
        let followed = Followed::begin(&form, ask(&event, "submitter"));
        let forms = self.clone();
        timers::later(edge, 0, move |edge| forms.decide(edge, &form, &event, followed));
    }

    fn arrived(self: &Rc<Forms>, edge: &Edge, event: &JsValue) {
        if !is_taken(event)
            && let Some(form) = form_of(event)
        {
            self.decide(edge, &form, event, None);
        }
    }

    fn decide(self: &Rc<Forms>, edge: &Edge, form: &HtmlFormElement, event: &JsValue, followed: Option<Followed>) {
        if !self.ends(form) || self.signal.aborted() {
            return;
        }
        let followed = followed.filter(|_| is_taken(event));
        if followed.is_some() {
            self.taken.add(form);
            *self.latest.borrow_mut() = Some(form.clone());
        }
        self.count(edge, form, &ask(event, "submitter"), false, followed.map(|followed| (None, followed)));
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
        let Some((form, button, press)) = press_of(path_of(&event), key.is_string()) else { return };
        let Some(followed) = Followed::begin(&form, button) else { return };
        let forms = self.clone();
        timers::later(edge, 0, move |edge| {
            let is_submitted = forms.on_the_way.borrow().iter().any(|one| one.unchecked_ref::<Object>() == &form);
            if !is_submitted && !forms.signal.aborted() {
                let press = Press { is_prevented: ask(&event, "defaultPrevented").is_truthy(), ..press };
                forms.count(edge, &form, &followed.button.clone(), false, Some((Some(press), followed)));
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
        attempt: Option<(Option<Press>, Followed)>,
    ) {
        if self.embedded.iter().any(|selector| ask_for(form, "matches", selector).is_truthy()) {
            return;
        }
        let mut read = match Form::read(form, submitter) {
            Ok(read) => read,
            Err(error) => return edge.failed("A form could not be read.", &error),
        };
        if let Some((Some(press), _)) = &attempt
            && !press.may_submit(&read.submission.fields)
        {
            return;
        }
        let number = self.repeats.number(form);
        read.submission.number = number;
        read.submission.changes = self.repeats.changes(form);
        read.submission.is_continued = is_continued;
        let was_open = edge.ask(|tracker, _| tracker.is_open(number));
        let mut submission = match read.with_values(edge) {
            Ok(submission) => submission,
            Err(error) => return edge.failed("A form could not be read.", &error),
        };
        let is_press = attempt.as_ref().is_some_and(|(press, _)| press.is_some());
        let followed = attempt.map(|(press, followed)| {
            submission.attempt = Some(Attempt::new(press, followed.marks.clone(), followed.signs()));
            followed
        });
        edge.tell(Input::Submitted { submission });
        if let Some(followed) = followed
            && !(is_press && was_open)
            && edge.ask(|tracker, _| tracker.is_open(number))
        {
            self.open.watch(edge, number, followed);
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

// What a script made itself, the browser does nothing with.
fn is_taken(event: &JsValue) -> bool {
    ask(event, "defaultPrevented").is_truthy() || !ask(event, "isTrusted").is_truthy()
}

// A copy of a form has all that the form has, but what the script that made it changed, such as its style.
fn is_same(one: &HtmlFormElement, other: &HtmlFormElement) -> bool {
    let has_same = |name| ask_for(one, "getAttribute", name) == ask_for(other, "getAttribute", name);
    one == other || (ask(one, "length") == ask(other, "length") && ["name", "id", "action"].into_iter().all(has_same))
}
