// Cookiebot (https://www.cookiebot.com/en/developer/). A consent that it calls implied is no choice.

export default (changed, signal, { category = "statistics" }) => {
  for (const event of ["ConsentReady", "Accept", "Decline"]) addEventListener(`CookiebotOn${event}`, changed, { signal });
  return () => {
    const { hasResponse, consent } = Cookiebot;
    if (!hasResponse || consent.method === "implied") return "unknown";
    return consent[category] ? ["preferences", "statistics", "marketing"].filter((name) => consent[name]) : "denied";
  };
};
