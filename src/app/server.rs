//! A page on a server: nobody visits it, so nothing is recorded.

use super::{Listener, TokenSource};
use crate::interaction::{Interaction, Invalid, Value};
use crate::tracker::{CallName, Error, Explanation, Report, Settings, Signals};

pub(crate) struct Page;

impl Page {
    pub(crate) fn open(settings: &Value, _: TokenSource, _: Vec<Listener>) -> Result<Page, Invalid> {
        Settings::read(settings, Signals::default()).map(|_| Page)
    }

    pub(crate) fn call(&self, _: CallName, _: Value) -> Result<(), Error> {
        Ok(())
    }

    pub(crate) fn explain(&self, given: Value) -> Result<Explanation, Error> {
        let record = Interaction::try_from(given).map_err(Error::InvalidCall)?;
        Ok(Explanation {
            allowed: false,
            dropped: Vec::new(),
            rule: "server".into(),
            reason: "Nothing is recorded on a server.".into(),
            record,
        })
    }

    pub(crate) fn consent(&self, _: Value) {}

    pub(crate) fn sign_out(&self) {}

    pub(crate) fn flush(&self) -> impl Future<Output = Report> + use<> {
        std::future::ready(Report::default())
    }

    pub(crate) fn stop(&self) {}
}
