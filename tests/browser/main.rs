//! The edge in a real browser: what it captures, keeps and sends, and what it is to a page whose own code does not behave.
#![cfg(target_arch = "wasm32")]

mod capture;
mod hostile;
mod many;
mod page;
mod post;
mod storage;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
