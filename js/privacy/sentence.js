// What a record says, as a sentence.

/**
 * The names that the tracker gives, before what is the record's own.
 *
 * @type {[RegExp, string][]}
 */
const OURS = [
  [/^Viewed product: /, "product_view"],
  [/^Viewed page: /, "page_view"],
  [/^Submitted form: /, "form_sent"],
  [/^Logged in$/, "logged_in"],
];

const ACTIONS = ["broadcast", "disclose", "feedback", "product", "reach", "refer", "service", "visit", "view"];

/** Which text of the words it is, the `name` that stands in it, and whether somebody of the staff was there. */
export function sentenceOf({ name, action, namespace, staff_id: staff }) {
  const label = typeof name === "string" ? name : name == null ? "–" : JSON.stringify(name);
  const [prefix, key = ACTIONS.includes(action) ? `did_${action}` : "did"] = OURS.find(([begin]) => begin.test(label)) ?? [];
  return { key, name: shortened(prefix && key !== "logged_in" ? label.replace(prefix, "") : label), isAssisted: staff != null || namespace === "clienteling" };
}

// By whole characters.
function shortened(text) {
  return text.length > LONGEST ? `${Array.from(text.slice(0, LONGEST)).slice(0, -1).join("")}…` : text;
}

const LONGEST = 200;
