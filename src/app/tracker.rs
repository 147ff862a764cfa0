//! The tracker of a page, as an app holds it.

use super::{Clienteling, FormSubmission, Login, Page, PageView, ProductView};
use crate::interaction::Value;
use crate::privacy::Consent;
use crate::tracker::{CallName, Error, Explanation, Report};
use std::fmt;
use std::rc::Rc;

/// A tracker that was started by [`Options::start`](super::Options::start); cheap to clone, for contexts and closures. It stops when the
/// last clone is dropped, or before by [`Tracker::stop`].
///
/// Recording never waits, and what is recorded is told to the listeners of [`Options::on`](super::Options::on). Each call returns an
/// error where it was given what cannot be.
#[derive(Clone)]
pub struct Tracker(Rc<Page>);

impl Tracker {
    pub(super) fn of(page: Page) -> Tracker {
        Tracker(Rc::new(page))
    }

    /// Records a view of a page, in place of the one that the tracker sees by itself.
    ///
    /// # Errors
    /// What cannot be.
    pub fn page_view(&self, view: PageView) -> Result<(), Error> {
        self.0.call(CallName::PageView, view.into())
    }

    /// Records a view of a product.
    ///
    /// # Errors
    /// What cannot be.
    pub fn product_view(&self, view: ProductView) -> Result<(), Error> {
        self.0.call(CallName::ProductView, view.into())
    }

    /// Records a login.
    ///
    /// # Errors
    /// What cannot be.
    pub fn login(&self, login: Login) -> Result<(), Error> {
        self.0.call(CallName::Login, login.into())
    }

    /// Records a submission of a form, where it is none that the tracker sees by itself.
    ///
    /// # Errors
    /// What cannot be.
    pub fn form_submission(&self, submission: FormSubmission) -> Result<(), Error> {
        self.0.call(CallName::FormSubmission, submission.into())
    }

    /// Opens a staff-assisted session in this tab, or ends it.
    ///
    /// # Errors
    /// What cannot be.
    pub fn clienteling(&self, session: Clienteling) -> Result<(), Error> {
        self.0.call(CallName::Clienteling, session.into())
    }

    /// Records an interaction: an [`Interaction`](super::Interaction), by [`Value::from`], or a [`Map`](super::Map) of its fields by
    /// Omneo's names.
    ///
    /// # Errors
    /// Each field that cannot be.
    pub fn record(&self, interaction: impl Into<Value>) -> Result<(), Error> {
        self.0.call(CallName::Record, interaction.into())
    }

    /// What would become of an interaction, and why; nothing is recorded. It takes what [`Tracker::record`] takes.
    ///
    /// # Errors
    /// Each field that cannot be.
    pub fn explain(&self, interaction: impl Into<Value>) -> Result<Explanation, Error> {
        self.0.explain(interaction.into())
    }

    /// The visitor answered, or changed the answer.
    pub fn consent(&self, answer: Consent) {
        // Each of the words is an answer.
        _ = self.0.consent(answer.as_str().into());
    }

    /// The visitor agreed, to these purposes.
    ///
    /// # Errors
    /// More purposes than a record may have bytes.
    pub fn consent_to<T: Into<Box<str>>>(&self, purposes: impl IntoIterator<Item = T>) -> Result<(), Error> {
        self.0.consent(Value::List(purposes.into_iter().map(|purpose| Value::Text(purpose.into())).collect()))
    }

    /// The customer signed out: nothing of them is kept or sent any more.
    pub fn sign_out(&self) {
        self.0.sign_out();
    }

    /// Sends what waits, at once. What it returns is ready when everything that could leave has left or waits for a later try, and need
    /// not be awaited.
    pub fn flush(&self) -> impl Future<Output = Report> + use<> {
        self.0.flush()
    }

    /// Stops: what was recorded is sent, and the page is left as it was.
    pub fn stop(&self) {
        self.0.stop();
    }
}

/// The same tracker.
impl PartialEq for Tracker {
    fn eq(&self, other: &Tracker) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Tracker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tracker")
    }
}
