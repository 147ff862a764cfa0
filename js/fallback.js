// What stands in for the module where the browser runs no WebAssembly: the same Rust, compiled to JavaScript.

export { input, open } from "../target/js/omneo_interactions.js";
