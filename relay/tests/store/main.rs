//! Both stores, by the same tests: SQLite in a file of its own, and a real PostgreSQL.

mod erasing;
mod forwarding;
mod keeping;
mod model;
mod network;
mod nodes;
mod postgres;
mod server;
mod speed;
mod support;
mod walks;
