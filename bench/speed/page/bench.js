// What the bench sees of the page. It is there on every page, with and without a tracker.

window.collector = document.documentElement.dataset.collector;

// Some trackers record nobody who is driven by a test.
Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false });

// To see how large the module's memory is.
for (const name of ["instantiate", "instantiateStreaming"]) {
  const make = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await make(...given);
    bench.memory = Object.values((made.instance ?? made).exports).find((one) => one instanceof WebAssembly.Memory);
    return made;
  };
}

window.bench = {
  lcp: 0,
  inp: 0,
  interactions: 0,
  recorded: 0,

  /** The same for every tracker. */
  product: (number) => ({ productId: 1000 + number, variantId: 2000 + number, categoryId: 31, name: `Linen wrap dress no. ${number}` }),

  /**
   * Records events, twenty a task, until there are `count`, or for so many milliseconds. Answers how many there are since the first
   * of all, and how long the calls and what they left for the end of their task have taken, in milliseconds.
   */
  async record(count, patience = Infinity) {
    const end = performance.now() + patience;
    while (bench.recorded < count && performance.now() < end) bench.took += await durationOf(recordTwenty);
    return [bench.recorded, bench.took];
  },
  took: 0,

  /** Answers once the browser has told of every interaction: it does after the next frame. */
  async settled() {
    await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown, 100)));
    return { lcp: bench.lcp, inp: bench.inp };
  },
};

function recordTwenty() {
  for (let call = 0; call < 20; call += 1) window.record(bench.product((bench.recorded += 1)));
}

// In a task of its own, which comes sooner than that of a timer. Between two listeners of one event a browser runs all microtasks.
function durationOf(act) {
  return new Promise((taken) => {
    const { port1, port2 } = new MessageChannel();
    let start;
    port1.addEventListener("message", () => {
      start = performance.now();
      act();
    });
    port1.addEventListener("message", () => {
      const duration = performance.now() - start;
      port1.close();
      taken(duration);
    });
    port1.start();
    port2.postMessage("");
  });
}

observe("largest-contentful-paint", ({ startTime }) => (bench.lcp = startTime));
observe("event", ({ interactionId, duration }) => {
  if (!interactionId) return;
  bench.interactions += 1;
  // The worst of the visit, as the metric has it for visits of less than fifty interactions.
  bench.inp = Math.max(bench.inp, duration);
});

function observe(type, see) {
  new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true, durationThreshold: 16 });
}

// Tells the trace which process and thread are the page's.
performance.mark("bench");
