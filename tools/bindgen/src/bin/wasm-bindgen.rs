//! `wasm-bindgen MODULE FOLDER NAME web|bundler`: writes to the folder a module that rustc compiled as browsers take it, and the
//! JavaScript around it.

use anyhow::bail;
use wasm_bindgen_cli_support::{Bindgen, EncodeInto};

fn main() -> anyhow::Result<()> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder, name, environment] = given.as_slice() else {
        bail!("usage: wasm-bindgen MODULE FOLDER NAME web|bundler");
    };
    let mut bindgen = Bindgen::new();
    match environment.as_str() {
        // With a function that makes another instance, for when one has trapped.
        "web" => bindgen.web(true)?.reset_state_function(true),
        "bundler" => bindgen.bundler(true)?,
        other => bail!("the environment is {other}; accepted: web, bundler"),
    };
    // The ledger of `npm run size` reads the symbols as rustc writes them; every browser with WebAssembly has `encodeInto`.
    bindgen.typescript(true).demangle(false).encode_into(EncodeInto::Always);
    bindgen.input_path(module).out_name(name).generate(folder)
}
