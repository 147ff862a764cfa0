//! The sandbox as a client sees it: real HTTP, a real SQLite file, a server of its own for each test.

mod access;
mod api;
mod bounds;
mod elsewhere;
mod faults;
mod lists;
mod mistakes;
mod reactions;
mod receiver;
mod records;
mod relay;
mod reports;
mod shop;
mod support;
mod token_endpoint;
mod webhooks;
