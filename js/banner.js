// Asks a visitor for consent, for `consent: "remember"`: in a corner, in the way of nothing, and as easily refused as granted.

import { make } from "./dom.js";
import { ofDocument } from "./watch.js";

const KEYS = ["title", "text", "agree", "decline", "policy", "granted", "denied"];

/** In the order of `KEYS`, for each language: what is asked, and what was answered last. */
const WORDS = {
  en: [
    "May we remember your visit?",
    "When you are signed in, we note the pages and products that you look at and which forms you send, to advise you better. You can take this back whenever you like.",
    "Agree", "Decline", "How we use it", "You have agreed.", "You have declined.",
  ],
  de: [
    "Dürfen wir uns Ihren Besuch merken?",
    "Wenn Sie angemeldet sind, halten wir fest, welche Seiten und Produkte Sie ansehen und welche Formulare Sie senden, um Sie besser zu beraten. Das können Sie jederzeit widerrufen.",
    "Zustimmen", "Ablehnen", "Wie wir das verwenden", "Sie haben zugestimmt.", "Sie haben abgelehnt.",
  ],
  fr: [
    "Pouvons-nous retenir votre visite ?",
    "Lorsque vous êtes connecté, nous notons les pages et produits que vous consultez et les formulaires que vous envoyez, pour mieux vous conseiller. Vous pouvez revenir sur ce choix à tout moment.",
    "Accepter", "Refuser", "Ce que nous en faisons", "Vous avez accepté.", "Vous avez refusé.",
  ],
  es: [
    "¿Podemos recordar tu visita?",
    "Cuando has iniciado sesión, anotamos las páginas y los productos que miras y los formularios que envías, para aconsejarte mejor. Puedes retirarlo cuando quieras.",
    "Aceptar", "Rechazar", "Para qué lo usamos", "Has aceptado.", "Has rechazado.",
  ],
  it: [
    "Possiamo ricordare la tua visita?",
    "Quando hai effettuato l’accesso, annotiamo le pagine e i prodotti che guardi e i moduli che invii, per consigliarti meglio. Puoi cambiare idea in qualsiasi momento.",
    "Accetta", "Rifiuta", "Come li usiamo", "Hai accettato.", "Hai rifiutato.",
  ],
  ja: [
    "ご来店の内容を記録してもよろしいですか？",
    "ログイン中にご覧になったページと商品、送信されたフォームの種類を、より良いご提案のために記録します。いつでも取り消せます。",
    "同意する", "同意しない", "利用目的", "同意済みです。", "同意されていません。",
  ],
  ar: [
    "هل تسمح لنا بتذكّر زيارتك؟",
    "عندما تكون مسجّل الدخول، ندوّن الصفحات والمنتجات التي تشاهدها والنماذج التي ترسلها، لنقدّم لك نصيحة أفضل. يمكنك التراجع متى شئت.",
    "موافق", "أرفض", "كيف نستخدمها", "لقد وافقت.", "لقد رفضت.",
  ],
};

// How it looks. Sites change the properties whose names begin with `--omneo-consent`, and the parts by `::part`.
const STYLE = `
:host { --text: #1c2429; --ground: #fff; --line: #c3cad0; --accent: #14599e; position: fixed; inset: auto 1rem 1rem; z-index: 2147483646;
  max-width: 34rem; margin-inline: auto; font: 1rem/1.5 var(--omneo-consent-font, system-ui, sans-serif) }
@media (prefers-color-scheme: dark) { :host { --text: #ebeef0; --ground: #1d2327; --line: #46525b; --accent: #8cc4ff } }
section { display: grid; gap: .75rem; max-height: 60vh; overflow: auto; padding: 1.25rem; color: var(--omneo-consent-text, var(--text));
  background: var(--omneo-consent-ground, var(--ground)); border: 1px solid var(--omneo-consent-line, var(--line)); border-radius: .75rem;
  box-shadow: 0 .5rem 2rem #0004 }
h2, p { margin: 0 }
h2 { font-size: 1.1rem }
div { display: flex; flex-wrap: wrap; gap: .75rem }
button { flex: 1 1 8rem; padding: .6rem 1rem; font: inherit; font-weight: 600; color: inherit; background: none; border: 1px solid;
  border-radius: .5rem; cursor: pointer }
:focus-visible { outline: 3px solid var(--omneo-consent-accent, var(--accent)); outline-offset: 2px }
a { color: inherit }`;

/**
 * Shows the question, and returns its element; `answered` is called with "granted" or "denied". `before` is the last answer: who opens it
 * again is told of it, and the focus goes there.
 */
export function ask(/** @type {any} */ { policyUrl, language, texts }, before, answered) {
  const lang = [language, document.documentElement.lang, ...navigator.languages].map((one) => `${one}`.slice(0, 2)).find((one) => Object.hasOwn(WORDS, one)) ?? "en";
  const words = { ...Object.fromEntries(KEYS.map((key, at) => [key, WORDS[lang][at]])), ...texts };
  const host = make("omneo-consent");
  const answer = (name, label) => make("button", { type: "button", part: name, click: () => (host.remove(), answered(name)) }, label);
  const now = words[before === "unknown" || before === "denied" ? before : "granted"];
  const question = make(
    "section",
    { part: "banner", lang, dir: lang === "ar" ? "rtl" : "ltr", tabindex: "-1", "aria-labelledby": "title", "aria-describedby": "text" },
    make("h2", { id: "title" }, words.title),
    make("p", { id: "text" }, words.text, now && ` ${now}`),
    policyUrl && make("p", {}, make("a", { href: policyUrl, part: "policy" }, words.policy)),
    make("div", {}, answer("denied", words.decline), answer("granted", words.agree)),
  );
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  root.append(question);
  ofDocument("body").prepend(host);
  // Whoever asked for it is led there; nobody else is taken away from what they do.
  if (now) question.focus();
  return host;
}
