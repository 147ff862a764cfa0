// HubSpot. Its older embed posts `hsFormCallback` messages, from the page itself or from a frame of HubSpot's own
// (https://legacydocs.hubspot.com/global-form-events); its newer one dispatches events at the window
// (https://developers.hubspot.com/docs/cms/reference/forms/global-form-events). Either tells of success, and some forms do both.

export default (submitted, signal) => {
  let last;
  const tell = (id) => {
    if (!/^[\w-]{1,64}$/.test(id ?? "") || last === id) return;
    last = id;
    setTimeout(() => (last = undefined), 1000);
    submitted(`hubspot:${id}`);
  };
  addEventListener(
    "message",
    ({ origin, data }) => {
      const isTheirs = origin === location.origin || /^https:\/\/([\w-]+\.)*(hubspot\.com|hsforms\.(com|net))$/.test(origin);
      if (isTheirs && data?.type === "hsFormCallback" && data.eventName === "onFormSubmitted") tell(data.id);
    },
    { signal },
  );
  const succeeded = (/** @type {CustomEvent} */ { detail }) => tell(detail?.formId);
  addEventListener("hs-form-event:on-submission:success", succeeded, { signal });
  return "form.hs-form, .hs-form-html form";
};
