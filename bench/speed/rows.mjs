// What is compared: a row a measure, less being better in all of them.
//
//   less     what the page without a tracker has is taken off
//   because  why ours may be behind, or why each of ours; said only where the numbers say that it is

const KB = 1024;

const CALL = "it checks and scrubs each record before the call returns, and stores it before its task ends: a mistake is thrown where it is made, and nothing is lost with the page";
const MODULE = "the policy, the scrubbing, consent and the durable queue are in the module that every recorded visitor downloads";
const BATCHES = {
  me: "Omneo documents one request a record; over a relay it sends batches",
  relay: "a relay answers for each record",
};

export const ROWS = [
  { part: "wire", measure: "unrecorded", title: "bytes of a visit that has not agreed to anything", unit: "KB", scale: KB },
  { part: "wire", measure: "ten", title: "mean bytes of ten first visits, of which four agree and two of these are signed in", unit: "KB", scale: KB, because: MODULE },
  { part: "unrecorded", measure: "script", title: "script on the main thread of a visit that has not agreed, CPU 4× slower", unit: "ms", less: true },
  {
    part: "delay",
    measure: "first",
    title: "from navigation to the request of the first record, where files and token take 100 ms",
    unit: "ms",
    because: "script and module come after the start, and the customer's token beside them",
  },
  { part: "wire", measure: "bytes", title: "bytes until the first record has arrived", unit: "KB", scale: KB, because: MODULE },
  {
    part: "wire",
    measure: "requests",
    title: "requests until the first record has arrived",
    unit: "",
    because: "the start, the script, the module and the customer's token are a request each, and Omneo's headers need preflights",
  },
  {
    part: "start",
    measure: "script",
    title: "script on the main thread until then, CPU 4× slower",
    unit: "ms",
    less: true,
    because: "the module is compiled as it runs for the first time",
  },
  {
    part: "start",
    measure: "longest",
    title: "longest stretch of script in one task, CPU 4× slower",
    unit: "ms",
    because: "the module is compiled as it runs for the first time",
  },
  { part: "events", measure: "event100", title: "one event, from its call until its task ends, of 100", unit: "µs", because: CALL },
  { part: "events", measure: "event1000", title: "one event, from its call until its task ends, of 1,000", unit: "µs", because: CALL },
  { part: "events", measure: "event10000", title: "one event, from its call until its task ends, of 10,000", unit: "µs", because: CALL },
  { part: "wire", measure: "requests100", title: "requests for 100 events", unit: "", because: BATCHES },
  { part: "wire", measure: "bytes100", title: "bytes for 100 events", unit: "KB", scale: KB, because: BATCHES },
  {
    part: "memory",
    measure: "memory",
    title: "heap and Wasm memory after 10,000 events and their delivery",
    unit: "KB",
    scale: KB,
    less: true,
    because: "WebAssembly has no way to give a page of memory back that was needed once",
  },
  { part: "memory", measure: "later", title: "the same after another 10,000", unit: "KB", scale: KB, less: true },
  { part: "start", measure: "lcp", title: "the page's Largest Contentful Paint, CPU 4× slower", unit: "ms" },
  { part: "start", measure: "inp", title: "the page's Interaction to Next Paint, CPU 4× slower", unit: "ms" },
  { part: "firefox", measure: "event100", title: "Firefox: one event, from its call until its task ends, of 100", unit: "µs", because: CALL },
  { part: "firefox", measure: "event1000", title: "Firefox: one event, from its call until its task ends, of 1,000", unit: "µs", because: CALL },
  { part: "firefox", measure: "event10000", title: "Firefox: one event, from its call until its task ends, of 10,000", unit: "µs", because: CALL },
  { part: "firefox", measure: "lcp", title: "Firefox: Largest Contentful Paint", unit: "ms" },
];
