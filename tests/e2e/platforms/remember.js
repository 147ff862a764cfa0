// No platform: the tracker's own banner asks, and what opens it again is the page's.

document.body.append(Object.assign(document.createElement("button"), { type: "button", textContent: "Privacy choices" }));
document.querySelector("button").dataset.omneoConsent = "";
