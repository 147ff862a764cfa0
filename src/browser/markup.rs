//! What a page says of its forms, see `forms.js`.

use super::edge::Edge;
use super::value;
use crate::capture::{FormField, FormMarkup, Purpose, Submission};
use crate::interaction::Value;
use js_sys::{Array, Object};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// What is read of a form.
pub(super) struct Form {
    fields: Array,
    pub(super) submission: Submission,
}

impl Form {
    /// Reads the markup of a form that `submitter`, where it is one of its buttons, submits.
    ///
    /// # Errors
    /// What the page's code threw.
    pub(super) fn read(form: &Object, submitter: &JsValue) -> Result<Form, JsValue> {
        let fields = fields_of(form)?;
        let markup = value::read(&markup_of(form, &fields, submitter)?)?;
        Ok(Form { fields, submission: submission(&markup) })
    }

    /// Reads the values as well. The tracker says of which fields; the others are never looked at.
    ///
    /// # Errors
    /// What the page's code threw.
    pub(super) fn with_values(mut self, edge: &Edge) -> Result<Submission, JsValue> {
        for place in edge.ask(|tracker, context| tracker.fields_to_read(&self.submission, context)) {
            let value = value_of(&self.fields.get(place as u32))?;
            self.submission.fields[place].value = Some(value.as_string().unwrap_or_default().into());
        }
        Ok(self.submission)
    }
}

fn submission(markup: &Value) -> Submission {
    let fields: Vec<FormField> = markup.get("fields").map(Value::items).unwrap_or_default().iter().map(field).collect();
    let [method, form, button] = ["method", "says", "button"].map(|name| text(markup, name));
    let said = FormMarkup { method: &method, is_in_search: is(markup, "isInSearch"), form: &form, button: &button };
    Submission {
        form: text(markup, "form"),
        name: text(markup, "name"),
        purpose: Purpose::of(said, &fields),
        fields,
        ..Submission::default()
    }
}

fn field(markup: &Value) -> FormField {
    FormField {
        name: text(markup, "name"),
        id: text(markup, "id"),
        label: text(markup, "label"),
        kind: text(markup, "kind"),
        autocomplete: text(markup, "autocomplete"),
        value: None,
    }
}

pub(super) fn text(markup: &Value, name: &str) -> Box<str> {
    markup.get(name).and_then(Value::text).unwrap_or_default().into()
}

pub(super) fn is(markup: &Value, name: &str) -> bool {
    markup.get(name) == Some(&Value::Bool(true))
}

#[wasm_bindgen(module = "/src/browser/forms.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = fieldsOf)]
    fn fields_of(form: &Object) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_name = markupOf)]
    fn markup_of(form: &Object, fields: &Array, submitter: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = valueOf)]
    fn value_of(field: &JsValue) -> Result<JsValue, JsValue>;
}
