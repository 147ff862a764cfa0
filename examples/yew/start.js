import start from "./shop.js";

start({ module_or_path: new URL("shop_bg.wasm", import.meta.url) });
