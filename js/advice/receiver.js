// Where records go.

import { shown } from "./shown.js";

export function* receiver({ tenant, endpoint, route, batch }) {
  if (PLACEHOLDERS.test(tenant)) {
    yield {
      setting: "tenant",
      given: shown(tenant),
      wrong: "which looks like a placeholder.",
      mend: "set it to the handle of your tenant, as in https://api.{tenant}.getomneo.com.",
    };
  }
  if (tenant && route === "relay") {
    yield {
      setting: "route",
      given: '"relay"',
      wrong: "but `tenant` sends to Omneo itself, which is no relay.",
      mend: "set `endpoint` to where your relay is, in place of `tenant`.",
    };
  }
  const [path] = /\/(id\/api|api|relay)\/v\d.*/.exec(endpoint) ?? [];
  if (path) {
    yield {
      setting: "endpoint",
      given: shown(endpoint),
      wrong: "to which the tracker adds such a path itself.",
      mend: `leave ${path} out.`,
    };
  }
  const { seconds } = Object(batch);
  if (seconds > 0 && route !== "relay") {
    yield {
      setting: "batch.seconds",
      given: shown(seconds),
      wrong: "so records wait, and still have a request each: only a relay takes several in one.",
      mend: 'leave it out, or set `route` to "relay".',
    };
  }
}

const PLACEHOLDERS = new RegExp(
  [
    "^(www|api|id|app|getomneo|brand|changeme|placeholder|example|todo|x{3,}|tenant(-?(name|handle|id))?",
    "(my|your|the|some)-?(tenant|brand|shop|store)(-?(name|handle|id|here))?)$",
  ].join("|"),
);
