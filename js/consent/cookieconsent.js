// vanilla-cookieconsent 3 (https://cookieconsent.orestbida.com/reference/api-reference.html). Its `reset()` tells nobody: it is
// seen as the tracker asks.

export default (changed, signal, { category = "analytics" }) => {
  for (const event of ["cc:onConsent", "cc:onChange"]) addEventListener(event, changed, { signal });
  return () => {
    if (!CookieConsent.validConsent()) return "unknown";
    const { acceptedCategories } = CookieConsent.getUserPreferences();
    return acceptedCategories.includes(category) ? acceptedCategories : "denied";
  };
};
