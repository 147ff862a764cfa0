//! What reached the API, for tests that must know.

use axum::http::StatusCode;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard};

/// The last requests, in the order of their arrival.
#[derive(Default)]
pub struct Requests(Mutex<Log>);

impl Requests {
    /// Notes a request that has yet to be answered, and gives it a number.
    pub fn begin(&self, request: Value) -> usize {
        self.log().begin(request)
    }

    /// Notes how the request of that number was answered.
    pub fn end(&self, number: usize, status: StatusCode) {
        self.log().end(number, status);
    }

    /// Those that are kept.
    pub fn list(&self) -> Vec<Value> {
        self.log().kept.iter().cloned().collect()
    }

    pub fn forget(&self) {
        let mut log = self.log();
        let all = log.kept.len();
        log.forget(all);
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[derive(Default)]
struct Log {
    /// How many came before the first that is kept.
    forgotten: usize,
    kept: VecDeque<Value>,
}

impl Log {
    fn begin(&mut self, request: Value) -> usize {
        self.kept.push_back(request);
        if self.kept.len() > MOST {
            self.forget(1);
        }
        self.forgotten + self.kept.len() - 1
    }

    fn end(&mut self, number: usize, status: StatusCode) {
        let request = number.checked_sub(self.forgotten).and_then(|at| self.kept.get_mut(at));
        if let Some(request) = request {
            request["status"] = json!(status.as_u16());
        }
    }

    fn forget(&mut self, count: usize) {
        self.forgotten += self.kept.drain(..count).count();
    }
}

const MOST: usize = 10_000;
