// Views of a client-side router, where the Navigation API tells of them and where history must be wrapped.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { BLANK, startSandbox } from "./sandbox.mjs";

// What a test does to see the views, in the order they are told.
const WATCH = `
  if (given[0] === "wrapped history") Object.defineProperty(window, "navigation", { value: undefined });
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  const start = () => createTracker({ endpoint: "/", token: () => null, policy: { query: ["page"] } });
  const views = [];
  const watch = (tracker) => {
    tracker.on("recorded", ({ record: { name, url } }) => views.push([name, url.slice(location.origin.length)]));
    return tracker;
  };
  const told = async (count) => {
    while (views.length < count) await new Promise((later) => setTimeout(later, 5));
  };
  const nextTask = () => new Promise((later) => setTimeout(later));
  const back = (steps) => new Promise((done) => {
    addEventListener("popstate", done, { once: true });
    history.go(-steps);
  });
`;

for (const api of ["the Navigation API", "wrapped history"]) {
  test(`${name}: each view of a client-side router once, by ${api}`, { skip: isAbsent(api) }, async (t) => {
    const sandbox = await startSandbox(t, BLANK);
    const visitor = await openBrowser(t);
    await visitor.open(sandbox.url("/"));
    const views = await visitor.run(
      `${WATCH}
       const tracker = watch(await start());
       await told(1);
       // A router sets the title in the same task, or in one of the next; later is for titles.test.mjs.
       history.pushState({}, "", "/a");
       document.title = "A";
       await told(2);
       history.pushState({}, "", "/b");
       await nextTask();
       document.title = "B";
       await told(3);
       history.pushState({}, "", "/c?utm_source=mail&page=2");
       await nextTask();
       await nextTask();
       document.title = "C";
       await told(4);
       // Nothing of this shows another page.
       history.pushState({}, "", "/c?page=2");
       history.replaceState({ scrolled: 7 }, "");
       history.replaceState({}, "", "/c?page=2&sort=price");
       history.pushState({}, "", "/c?page=2#part");
       location.hash = "another-part";
       // A kept parameter does, a redirect is its last page only, and a title that stays as it was is none.
       history.replaceState({}, "", "/c?page=3");
       await told(5);
       history.pushState({}, "", "/old");
       history.replaceState({}, "", "/d");
       document.title = "D";
       await told(6);
       // A page that is left while its title is still to come.
       history.pushState({}, "", "/e");
       await tracker.flush();
       await back(1);
       document.title = "D";
       await told(8);
       tracker.stop();
       history.pushState({}, "", "/after");
       document.title = "after stop";
       for (let frames = 0; frames < 12; frames += 1) await new Promise(requestAnimationFrame);
       return views;
     `,
      api,
    );
    assert.deepEqual(views, [
      ["Viewed page: Nothing but what a test puts here", "/"],
      ["Viewed page: A", "/a"],
      ["Viewed page: B", "/b"],
      ["Viewed page: C", "/c?page=2"],
      ["Viewed page: /c", "/c?page=3"],
      ["Viewed page: D", "/d"],
      ["Viewed page: /e", "/e"],
      ["Viewed page: /d", "/d"],
    ]);
  });

  test(`${name}: a route in the fragment is a page, an anchor is none, by ${api}`, { skip: isAbsent(api) }, async (t) => {
    const sandbox = await startSandbox(t, BLANK);
    const visitor = await openBrowser(t);
    await visitor.open(sandbox.url("/"));
    const views = await visitor.run(
      `${WATCH}
       watch(await start());
       await told(1);
       for (const [at, hash] of ["#/", "#top", "#/a?secret=1&page=2", "#!/b", "#/u/ada@example.com"].entries()) {
         location.hash = hash;
         document.title = hash;
         if (at > 1) await told(at);
       }
       await back(1);
       await told(5);
       return views.map(([, url]) => url);
     `,
      api,
    );
    assert.deepEqual(views, ["/", "/#/a?page=2", "/#!/b", "/#/u/(mail)", "/#!/b"]);
  });
}

test(`${name}: wrapped history is what it was to everybody else, whoever else wraps it`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const seen = await visitor.run(
    `${WATCH}
     const names = ["pushState", "replaceState"];
     const heard = [];
     const wrap = (who) => names.forEach((name) => {
       const before = history[name];
       history[name] = function own(...given) {
         heard.push([who, name, this === history, given.length]);
         return before.apply(this, given) ?? who;
       };
     });
     const look = () => names.map((name) => [history[name].name, history[name].length, history[name].toString(), \`\${history[name]}\`]);
     const native = look();
     const ours = watch(await start());
     const wrapped = look();
     ours.stop();
     const restored = look();
     wrap("before");
     history.pushState.marked = true;
     const before = look();
     const inner = history.pushState;
     const tracker = watch(await start());
     const same = [JSON.stringify(look()) === JSON.stringify(before), history.pushState.marked, history.pushState !== inner];
     wrap("after");
     const answers = [history.pushState(null, "", "/a"), history.replaceState.call(history, null, "", "/b", "more")];
     const thrown = [];
     for (const act of [() => history.pushState(null, "", "https://elsewhere.example/"), () => history.pushState.call({}, null, "")]) {
       try { act() } catch (error) { thrown.push(error.name) }
     }
     document.title = "B";
     await told(3);
     // Ours stays below the one that came after, and is silent.
     tracker.stop();
     history.pushState(null, "", "/c");
     return { native, wrapped, restored, same, answers, thrown, heard, views: views.map(([, url]) => url) };
   `,
    "wrapped history",
  );
  assert.deepEqual(seen.wrapped, seen.native);
  assert.deepEqual(seen.restored, seen.native);
  assert.deepEqual(seen.same, [true, true, true]);
  assert.deepEqual(seen.answers, ["before", "before"]);
  assert.deepEqual(seen.thrown, ["SecurityError", "TypeError"]);
  const calls = [["pushState", true, 3], ["replaceState", true, 4], ["pushState", true, 3], ["pushState", false, 2], ["pushState", true, 3]];
  assert.deepEqual(seen.heard, calls.flatMap((call) => [["after", ...call], ["before", ...call]]));
  assert.deepEqual(seen.views, ["/", "/", "/b"]);
});

function isAbsent(api) {
  return name === "webkit" && api === "the Navigation API" && "WebKitGTK 2.50 has none";
}
