// What stands in for the module where the browser runs no WebAssembly: the same Rust, compiled to JavaScript.

export * from "../target/js/omneo-interactions.js";
