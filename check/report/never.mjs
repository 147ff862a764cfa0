// What no rule keeps, asked of the tracker thing by thing. What it would keep ends the report: nobody is to sign what does not hold.

import { code, say } from "./blocks.mjs";
import { mistake, verdict } from "./judge.mjs";

/** Fields of forms, by the names that sites give them. */
const FIELDS = ["password", "newPassword", "pin", "one_time_code", "card-number", "cvc", "iban", "passport-number", "social_security_number", "diagnosis", "medication"];

/** Those that a rule keeps only where it says that they are personal. */
const PERSONAL = ["email", "phone", "first_name", "street", "birthday"];

/** What is struck out of a text, wherever it stands. */
const TEXTS = [
  ["an e-mail address", "Orders of ada@example.com"],
  ["a phone number", "Call back +61 412 345 678"],
  ["a card's number", "Card 4111 1111 1111 1111"],
  ["an account's number", "Refund to FR76 3000 6000 0112 3456 7890 189"],
  ["a document's number", "passport no. N1234567"],
  ["a date of birth", "born 14/03/1979"],
  ["coordinates", "Stores near @-33.8688,151.2093"],
  ["an IP address", "from 203.0.113.77"],
  ["a token", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln"],
  ["a name behind a greeting", "Hi Jane Doe – Your account"],
];

/** What Omneo keeps in another place than among interactions. */
const ELSEWHERE = [
  ["a purchase", "Order completed"],
  ["a visit or an appointment in a store", "Appointment booked"],
  ["a rating", "Product reviewed"],
  ["a change of the profile", "Profile updated"],
];

const record = (name) => ({ action: "service", channel: "website", signal: 0, name, namespace: "web-engagement" });
const ANY = { extends: "nothing", rules: [{ rule: "any", kind: ["record"] }] };

/** The blocks of it, as the tracker answers. */
export const never = () => [
  { text: say`The tracker was asked. Of fields of forms that a rule might name, also where it says that they are personal:` },
  { head: [say`Field`, say`The tracker says`], rows: FIELDS.map((name) => [[code(name)], say`${refusal({ name, personal: true })}`]) },
  { text: say`Of fields that a rule keeps only by saying that they are personal:` },
  { head: [say`Field`, say`The tracker says`], rows: PERSONAL.map((name) => [[code(name)], say`${refusal({ name })}`]) },
  { text: say`Of texts, whichever rule allows the record:` },
  { head: [say`What`, say`Handed in`, say`Kept`], rows: TEXTS.map(([what, text]) => [say`${what}`, [code(text)], [code(struck(text))]]) },
  { text: say`Of what is no interaction, whichever rule would allow it:` },
  { head: [say`What`, say`Handed in as`, say`The tracker says`], rows: [...ELSEWHERE.map(([what, name]) => [say`${what}`, [code(name)], say`${refused(name)}`]), declined()] },
];

function refusal(field) {
  const { accepted } = mistake({ rules: [{ rule: "any", kind: ["formSubmission"], fields: [field] }] }) ?? wouldKeep(field.name);
  return accepted;
}

function struck(text) {
  const { name } = verdict(ANY, "record", record(text)).record;
  return name === text ? wouldKeep(text) : name;
}

function refused(name) {
  const { allowed, reason } = verdict(ANY, "record", record(name));
  return allowed ? wouldKeep(name) : reason;
}

function declined() {
  const { allowed, reason } = verdict(ANY, "record", record("Anything"), "denied");
  return [say`anything of who declined`, [code("Anything")], say`${allowed ? wouldKeep("Anything") : reason}`];
}

/** @returns {never} */
function wouldKeep(what) {
  throw new Error(`The tracker keeps ${what}, of which the report says that it is never kept.`);
}
