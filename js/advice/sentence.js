import { attribute } from "../attribute.js";

/** What a piece of advice says is wrong, in one sentence: of a script tag by the attribute's name. */
export function sentence({ setting, given, wrong }, isTag) {
  const [, name, path] = /^(\w+)(.*)$/.exec(setting);
  return `\`${isTag ? attribute(name) : name}${path}\` is ${given}, ${wrong}`;
}
