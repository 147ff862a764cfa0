//! A page on a server: nobody visits it, so nothing is recorded.

use crate::interaction::{Interaction, Invalid, Value};
use crate::tracker::{CallName, Error, Explanation, Listener, Report, Settings, Signals};

pub(crate) struct Page;

impl Page {
    pub(crate) fn open<F>(settings: &Value, _: impl Fn() -> F, _: Vec<Listener>) -> Result<Page, Invalid> {
        Settings::read(settings, Signals::default()).map(|_| Page)
    }

    pub(crate) fn call(&self, _: CallName, _: Value) -> Result<(), Error> {
        Ok(())
    }

    pub(crate) fn explain(&self, given: Value) -> Result<Explanation, Error> {
        let record = Interaction::try_from(given).map_err(Error::InvalidCall)?;
        Ok(Explanation::refused(record, "server", "Nothing is recorded on a server."))
    }

    pub(crate) fn consent(&self, _: Value) -> Result<(), Error> {
        Ok(())
    }

    pub(crate) fn sign_out(&self) {}

    pub(crate) fn flush(&self) -> impl Future<Output = Report> + use<> {
        std::future::ready(Report::default())
    }

    pub(crate) fn stop(&self) {}
}
