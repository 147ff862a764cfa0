import { mount } from "svelte";
import Product from "./Product.svelte";

mount(Product, { target: document.getElementById("app"), props: { product: { id: 1001, name: "svelte" } } });
