// What the site's source of tokens answered: until when the token counts. Nothing of the token itself is in what is said.

/** `now` in milliseconds; `source` is the setting by which it was asked. */
export function* answer(given, now, source = "token") {
  const { token = given, exp } = Object(Object(given).data ?? given);
  if (typeof token !== "string" || !token) return;
  const claims = claimsOf(token);
  const ends = exp ?? claims?.exp;
  const setting = exp === undefined ? source : `${source}.exp`;
  const said = exp === undefined ? "one whose claim `exp`" : "an end that";
  const seconds = Number(ends);
  if (ends === undefined) {
    if (claims) {
      yield {
        setting,
        given: "one without an end",
        wrong: "so it is sent until it is refused.",
        mend: 'answer {"token": …, "exp": …} with its end in Unix seconds.',
      };
    }
  } else if (!Number.isInteger(seconds) || seconds < 0) {
    yield { setting, given: `${said} is no whole number`, wrong: "and is not looked at.", mend: SECONDS };
  } else if (seconds >= MILLISECONDS) {
    yield {
      setting,
      given: `${said} is in milliseconds`,
      wrong: "and is not looked at: the token is sent until it is refused.",
      mend: `${SECONDS} Divide by 1000.`,
    };
  } else if (seconds * 1000 < now) {
    yield {
      setting,
      given: `${said} has passed`,
      wrong: "so a request is refused before another token is asked for.",
      mend: "let the endpoint answer a fresh token, with Cache-Control: no-store; and look at this machine's clock.",
    };
  } else if (seconds * 1000 > now + DAY_MS) {
    const days = Math.round((seconds * 1000 - now) / DAY_MS);
    yield {
      setting,
      given: `${said} is in ${days} ${days === 1 ? "day" : "days"}`,
      wrong: "for which whoever comes by it can use it.",
      mend: "let the endpoint answer one that ends within the hour.",
    };
  }
}

function claimsOf(token) {
  try {
    return Object(JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))));
  } catch {
    // No JSON Web Token: what it says, its receiver knows.
  }
}

const SECONDS = "answer Unix seconds.";
const DAY_MS = 86_400_000;

/** From here on the tracker takes no number for seconds, `src/delivery/token.rs`. */
const MILLISECONDS = 1e11;
