// No platform: the site's own banner calls the tracker.

import { banner, choice } from "./banner.js";

const choose = (answer) => (choice.set(answer), omneo("consent", answer));

if (choice.get()) omneo("consent", choice.get());
banner({ chosen: choice.get(), accept: () => choose("granted"), reject: () => choose("denied") });
