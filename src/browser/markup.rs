//! What a page says of its forms, see `forms.js`.

use super::edge::Edge;
use super::value;
use crate::capture::{FormField, FormMarkup, Purpose, Submission};
use crate::interaction::Value;
use js_sys::{Array, Object};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Reads a form that `submitter`, where it is one of its buttons, submits. The tracker says which fields to read, from their markup;
/// the values of the others are never looked at. `None` where `counts` says that it is no submission.
///
/// # Errors
/// What the page's code threw.
pub(super) fn read(
    edge: &Edge,
    form: &Object,
    submitter: &JsValue,
    counts: impl FnOnce(&[FormField]) -> bool,
) -> Result<Option<Submission>, JsValue> {
    let fields = fields_of(form)?;
    let mut submission = look(edge, form, &fields, submitter)?;
    if !counts(&submission.fields) {
        return Ok(None);
    }
    for place in edge.ask(|tracker, context| tracker.fields_to_read(&submission, context)) {
        let value = value_of(&fields.get(place as u32))?;
        submission.fields[place].value = Some(value.as_string().unwrap_or_default().into());
    }
    Ok(Some(submission))
}

/// The same without any field's value.
///
/// # Errors
/// What the page's code threw.
#[cfg(feature = "module")]
pub(super) fn read_empty(edge: &Edge, form: &Object) -> Result<Submission, JsValue> {
    look(edge, form, &fields_of(form)?, &JsValue::UNDEFINED)
}

fn look(edge: &Edge, form: &Object, fields: &Array, submitter: &JsValue) -> Result<Submission, JsValue> {
    Ok(submission(&value::read(&markup_of(form, fields, submitter, &edge.host().see())?)?))
}

fn submission(markup: &Value) -> Submission {
    let fields: Vec<FormField> = markup.get("fields").map(Value::items).unwrap_or_default().iter().map(field).collect();
    let [method, form, button] = ["method", "says", "button"].map(|name| text(markup, name));
    let is_in_search = markup.get("isInSearch") == Some(&Value::Bool(true));
    let said = FormMarkup { method: &method, is_in_search, form: &form, button: &button };
    let number = |name| markup.get(name).and_then(Value::number).unwrap_or_default() as u32;
    Submission {
        form: text(markup, "form"),
        name: text(markup, "name"),
        purpose: Purpose::of(said, &fields),
        number: number("number"),
        changes: number("changes"),
        fields,
        ..Submission::default()
    }
}

fn field(markup: &Value) -> FormField {
    FormField {
        name: text(markup, "name"),
        id: text(markup, "id"),
        called: text(markup, "called"),
        label: text(markup, "label"),
        kind: text(markup, "kind"),
        autocomplete: text(markup, "autocomplete"),
        inputmode: text(markup, "inputmode"),
        pattern: text(markup, "pattern"),
        masked: markup.get("masked") == Some(&Value::Bool(true)),
        value: None,
    }
}

fn text(markup: &Value, name: &str) -> Box<str> {
    markup.get(name).and_then(Value::text).unwrap_or_default().into()
}

#[wasm_bindgen(module = "/src/browser/forms.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = fieldsOf)]
    fn fields_of(form: &Object) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_name = markupOf)]
    fn markup_of(form: &Object, fields: &Array, submitter: &JsValue, see: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = valueOf)]
    fn value_of(field: &JsValue) -> Result<JsValue, JsValue>;
}
