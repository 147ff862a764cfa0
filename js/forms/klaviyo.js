// Klaviyo: its forms dispatch `klaviyoForms` at the window; a form of several steps tells of each as `stepSubmit`, and of the whole as
// `submit`, once (https://help.klaviyo.com/hc/en-us/articles/360001820591).

export default (submitted, signal) => {
  const hear = (/** @type {CustomEvent} */ { detail }) => detail?.type === "submit" && submitted(`klaviyo:${detail.formId}`);
  addEventListener("klaviyoForms", hear, { signal });
  return "form.klaviyo-form, [class*=klaviyo-form-] form";
};
