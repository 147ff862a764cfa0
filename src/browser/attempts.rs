//! What is seen of a form that a script sends, see `follow` and `pressOf` in `forms.js`.

use super::edge::Edge;
use super::markup::{is, text};
use super::timers::Timer;
use super::value;
use crate::capture::{ERROR_WORDS, Ended, LOOK_MS, Press, Signs};
use crate::interaction::Value;
use crate::tracker::Input;
use js_sys::{Array, Object, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

/// A form that is followed, from before the page's own listeners hear of its submission.
#[must_use = "it ends when this is dropped"]
pub(super) struct Followed {
    follower: Follower,
    /// What was pressed for it; undefined where that is not known.
    pub(super) button: JsValue,
    /// The marks of errors that were there before.
    pub(super) marks: Vec<Box<str>>,
}

impl Followed {
    pub(super) fn begin(form: &JsValue, button: JsValue) -> Option<Followed> {
        let follower = follow(form, ERROR_WORDS).ok()?;
        let mut followed = Followed { follower, button, marks: Vec::new() };
        followed.marks = followed.signs().marks;
        Some(followed)
    }

    pub(super) fn signs(&self) -> Signs {
        let seen = self.follower.read(&self.button).and_then(|seen| value::read(&seen)).unwrap_or_default();
        let items = |name| seen.get(name).map(Value::items).unwrap_or_default();
        let ended = |request: &Value| Ended {
            url: text(request, "url"),
            status: request.get("status").and_then(Value::number).unwrap_or_default() as u16,
        };
        Signs {
            is_invalid: is(&seen, "isInvalid"),
            marks: items("marks").iter().filter_map(Value::text).map(Into::into).collect(),
            is_busy: is(&seen, "isBusy"),
            is_gone: is(&seen, "isGone"),
            requests: items("requests").iter().map(ended).collect(),
        }
    }
}

impl Drop for Followed {
    fn drop(&mut self) {
        _ = self.follower.end();
    }
}

/// The forms whose last submission is open, by their numbers, each with its next look.
#[derive(Default)]
pub(super) struct Open(RefCell<Vec<(u32, Followed, Option<Timer>)>>);

impl Open {
    /// Looks at that form until the tracker knows what became of it. An earlier submission of it is looked at no more.
    pub(super) fn watch(self: &Rc<Open>, edge: &Edge, number: u32, followed: Followed) {
        let open = self.clone();
        let next = Timer::new(edge, LOOK_MS, move |edge| {
            if let Some(followed) = open.look(edge, number) {
                open.watch(edge, number, followed);
            }
        });
        self.take(number);
        self.0.borrow_mut().push((number, followed, Some(next)));
    }

    /// The page is left.
    pub(super) fn look_at_all(&self, edge: &Edge) {
        let numbers: Vec<u32> = self.0.borrow().iter().map(|(number, ..)| *number).collect();
        for number in numbers {
            self.look(edge, number);
        }
    }

    fn look(&self, edge: &Edge, number: u32) -> Option<Followed> {
        let followed = self.take(number)?;
        edge.tell(Input::FormSeen { number, signs: followed.signs() });
        edge.ask(|tracker, _| tracker.is_open(number)).then_some(followed)
    }

    fn take(&self, number: u32) -> Option<Followed> {
        let mut open = self.0.borrow_mut();
        let at = open.iter().position(|(own, ..)| *own == number)?;
        Some(open.swap_remove(at).1)
    }
}

/// What was pressed, by the path of its event: the Enter key in a field, or a button. The form, or what has its fields, the
/// button, and what is known of them.
pub(super) fn press_of(path: Vec<JsValue>, is_enter: bool) -> Option<(Object, JsValue, Press)> {
    let pressed = press(&path.into_iter().collect(), is_enter).ok().filter(JsValue::is_object)?;
    let get = |name: &str| Reflect::get(&pressed, &name.into()).unwrap_or_default();
    let is = |name| get(name).is_truthy();
    let press = Press {
        is_in_form: is("isInForm"),
        submits: is("submits"),
        is_prevented: false,
        has_submit: is("hasSubmit"),
        is_last: is("isLast"),
    };
    Some((get("form").dyn_into().ok()?, get("button"), press))
}

#[wasm_bindgen(module = "/src/browser/forms.js")]
extern "C" {
    type Follower;

    #[wasm_bindgen(catch)]
    fn follow(form: &JsValue, words: &str) -> Result<Follower, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn read(this: &Follower, button: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn end(this: &Follower) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_name = pressOf)]
    fn press(path: &Array, is_enter: bool) -> Result<JsValue, JsValue>;
}
