//! What a page says of a form that was submitted.

pub use crate::privacy::FormField;

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
