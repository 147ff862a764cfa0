// Typeform: the frame of a form posts `form-submit`, which is what the `onSubmit` of its embed hears as well
// (https://www.typeform.com/developers/embed/callbacks/).

export default (submitted, signal) =>
  addEventListener(
    "message",
    ({ origin, data }) => {
      const isTheirs = /^https:\/\/([\w-]+\.)*typeform\.com$/.test(origin);
      if (isTheirs && data?.type === "form-submit" && /^[\w-]{1,64}$/.test(data.formId ?? "")) submitted(`typeform:${data.formId}`);
    },
    { signal },
  );
