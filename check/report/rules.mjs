// The rules of a policy, in the order in which the tracker asks them.

import { DEFAULTS } from "./defaults.mjs";
import { verdict } from "./judge.mjs";

/**
 * The rules of a policy that the tracker takes, with what asks the tracker about them.
 *
 * Two rules may have one name, so the site's own are asked by their places.
 */
export class Rules {
  #policy;

  constructor(policy) {
    const { extends: base = "default", rules: own = [] } = policy;
    this.own = own;
    this.defaults = base === "default" ? DEFAULTS : [];
    this.query = policy.query ?? [];
    this.#policy = { ...policy, rules: own.map((rule, at) => ({ ...rule, rule: `${at}` })) };
  }

  /** All of them. */
  get all() {
    return [...this.own, ...this.defaults];
  }

  /** What becomes of a record; `by` is the rule that decides, where it is one of these. */
  verdict(kind, record, consent) {
    const told = verdict(this.#policy, kind, record, consent);
    const by = this.own[told.rule] ?? this.defaults.find(({ rule }) => rule === told.rule);
    return { ...told, by, rule: by?.rule ?? told.rule };
  }
}
