// Pictures out of elements. They have no script, no style and no address of their own.

const SVG = "http://www.w3.org/2000/svg";

/** An element of a picture. Text goes in as text. */
export function drawn(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, `${value}`);
  made.append(...children.flat(Infinity).filter((child) => child != null));
  return made;
}

let pictures = 0;

/** A picture that says in a sentence what it shows. */
export function picture(width, height, says, ...children) {
  const id = `picture-${(pictures += 1)}`;
  return drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": id }, drawn("title", { id }, says), children);
}
