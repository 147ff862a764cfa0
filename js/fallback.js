// What stands in for the module where the browser runs no WebAssembly: the same Rust, compiled to JavaScript.

import { __wbg_set_wasm } from "../target/js/omneo-interactions_bg.js";
import { instantiate } from "../target/js/omneo-interactions.compiled.js";

export { Handle } from "../target/js/omneo-interactions_bg.js";

/** Makes another instance. */
export const renew = () => __wbg_set_wasm(instantiate());

renew();
