//! What a page says of a form that was submitted.

/// One submission of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submission {
    /// Which form: its `name`, else its `id`, or what an embedded form's own script calls it.
    pub form: Box<str>,
    /// What people call it: its accessible name.
    pub name: Box<str>,
    /// What it is for, where that discloses nothing: it counts only where a rule names the form.
    pub purpose: Option<Purpose>,
    /// Its fields, in the order of the form.
    pub fields: Vec<FormField>,
}

/// What a form is for that discloses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It searches the site.
    Search,
    /// It closes a dialog (HTML standard, `method=dialog`).
    Dialog,
}

/// A field of a form, as its markup has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormField {
    /// Its `name`.
    pub name: Box<str>,
    /// Its `id`.
    pub id: Box<str>,
    /// What people call it: its labels, `aria-label` and placeholder, with a space between.
    pub label: Box<str>,
    /// The property `type` of the element.
    pub kind: Box<str>,
    /// Its attribute `autocomplete`.
    pub autocomplete: Box<str>,
    /// Its value, once it was read; empty for a box that is not ticked. Only that of a field which the policy keeps ever is.
    pub value: Option<Box<str>>,
}
