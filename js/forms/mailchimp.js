// Mailchimp's embedded form has no event: its script (mc-validate.js) sends the form itself and then shows what came of it, a message in
// `#mce-success-response`. Without that script the form goes to list-manage.com in a tab of its own.

export default (submitted, signal) => {
  addEventListener(
    "submit",
    (event) => {
      const form = /** @type {HTMLFormElement} */ (event.target);
      if (!/^https:\/\/[\w-]+\.[\w-]+\.list-manage\.com\/subscribe\/post/.test(form.getAttribute("action"))) return;
      const tell = () => submitted(`mailchimp:${new URL(form.getAttribute("action")).searchParams.get("id")}`);
      /** @type {HTMLElement} */
      const answer = form.querySelector("#mce-success-response");
      if (!event.defaultPrevented) return tell();
      const seen = new MutationObserver(() => {
        if (answer.style.display === "none" || !answer.textContent) return;
        seen.disconnect();
        tell();
      });
      if (answer) seen.observe(answer, { attributes: true, childList: true });
      signal.addEventListener("abort", () => seen.disconnect());
    },
    { signal },
  );
  return "form[action*='.list-manage.com/subscribe/post']";
};
