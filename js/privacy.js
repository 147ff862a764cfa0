// `<omneo-privacy>`: shows customers what is recorded of them and why, and lets them delete it, take it along, and change their answer. To
// open it is their own request: it asks for their token whatever the consent, and records nothing.

import { OmneoPrivacy } from "./privacy/element.js";

export { OmneoPrivacy };

// On a server there is none.
const elements = globalThis.customElements;
if (elements && !elements.get("omneo-privacy")) elements.define("omneo-privacy", OmneoPrivacy);
