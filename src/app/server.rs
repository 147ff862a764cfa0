//! A page on a server: nobody visits it, so nothing is recorded.

use super::{Listener, TokenSource, refuse};
use crate::interaction::{Invalid, Value};
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
        refuse(given, "server", "Nothing is recorded on a server.")
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
