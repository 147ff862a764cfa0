// Circles among rooms, see `circles.test.mjs` for what these are.

/** Each circle as a sentence: its folder, its rooms, and the imports that make it. */
export function circles(imports) {
  const found = new Map();
  for (const [folder, doors] of byFolder(imports)) {
    for (const { a, b } of doors) {
      const way = shortest(doors, b, a);
      if (!way) continue;
      const least = way.indexOf([...way].sort()[0]);
      const circle = [...way.slice(least), ...way.slice(0, least)];
      found.set([folder, ...circle].join(), sentence(folder, circle, doors));
    }
  }
  return [...found.values()];
}

/** For each folder the imports from one of its rooms into another: `{a, b, from, to}`. */
function byFolder(imports) {
  const folders = new Map();
  for (const { from, to } of imports) {
    const [here, there] = [from, to].map(room);
    const shared = here.findIndex((name, at) => name !== there[at]);
    // One lies within the other.
    if (shared < 0 || shared >= there.length) continue;
    const folder = here.slice(0, shared).join("/");
    if (!folders.has(folder)) folders.set(folder, []);
    folders.get(folder).push({ a: here[shared], b: there[shared], from, to });
  }
  return folders;
}

/** The rooms in which a file lies, the outermost first, and its own. */
function room(file) {
  return file.replace(/(\/(lib|main|mod))?\.\w+$/, "").split("/");
}

/** The rooms on the shortest way, both ends among them. */
function shortest(doors, start, end) {
  const ways = [[start]];
  const seen = new Set([start]);
  for (const way of ways) {
    if (way.at(-1) === end) return way;
    for (const { a, b } of doors) {
      if (a !== way.at(-1) || seen.has(b)) continue;
      seen.add(b);
      ways.push([...way, b]);
    }
  }
  return undefined;
}

function sentence(folder, circle, doors) {
  const steps = circle.map((a, at) => {
    const b = circle[(at + 1) % circle.length];
    const { from, to } = doors.find((door) => door.a === a && door.b === b);
    return `${from} imports ${to}`;
  });
  return `${folder}: ${[...circle, circle[0]].join(" → ")} (${steps.join(", ")})`;
}
