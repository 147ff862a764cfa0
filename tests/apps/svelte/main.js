import { mount, unmount } from "svelte";
import { leave } from "../visit.js";
import App from "./App.svelte";

const app = mount(App, { target: document.querySelector("main"), props: { started: (tracker) => leave(tracker, () => unmount(app)) } });
