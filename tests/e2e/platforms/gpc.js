// Stands in for Global Privacy Control where the browser has no such setting, as Chromium has not yet.

if (!("globalPrivacyControl" in navigator)) Object.defineProperty(navigator, "globalPrivacyControl", { value: true });
