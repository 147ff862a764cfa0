//! The sandbox as a client sees it: real HTTP, a real SQLite file, a server of its own for each test.

mod access;
mod api;
mod lists;
mod mistakes;
mod records;
mod shop;
mod support;
