// The rules of a policy, in the order in which the tracker asks them.

import { DEFAULTS } from "./defaults.mjs";
import { verdict } from "./judge.mjs";

/**
 * The rules of a policy that the tracker takes: the site's `own`, behind them the `defaults`, and the parameters that an address keeps.
 *
 * Two of them may have one name, so the site's own are asked by their places.
 */
export class Rules {
  #policy;
  #byPlace;

  constructor(policy) {
    const { extends: base = "default", rules = [], query = [] } = policy;
    this.own = rules;
    this.defaults = base === "default" ? DEFAULTS : [];
    this.query = query;
    this.#byPlace = new Map(rules.map((rule, at) => [`own-${at}`, rule]));
    this.#policy = { ...policy, rules: rules.map((rule, at) => ({ ...rule, rule: `own-${at}` })) };
  }

  get all() {
    return [...this.own, ...this.defaults];
  }

  /** What becomes of a record, `by` which of these rules, if any; `undefined` where it is no record: too long, say. */
  verdict(kind, record, consent) {
    const told = verdict(this.#policy, kind, record, consent);
    if (!told) return;
    const by = this.#byPlace.get(told.rule) ?? this.defaults.find(({ rule }) => rule === told.rule);
    return { ...told, by, rule: by?.rule ?? told.rule };
  }
}
