// klaro 0.7 (https://klaro.org/docs/api/js_api). `getConsent()` would tell of a service that is on by default before anybody
// was asked, and of switches that nobody has saved yet.

export default (changed, signal, { service = "omneo" }) => {
  const watcher = { update: changed };
  return () => {
    const manager = klaro.getManager();
    if (signal.aborted) manager.unwatch(watcher);
    else manager.watch(watcher);
    if (!manager.confirmed) return "unknown";
    const saved = Object.keys(manager.savedConsents).filter((name) => manager.savedConsents[name]);
    return saved.includes(service) ? saved : "denied";
  };
};
