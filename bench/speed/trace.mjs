// What a page's main thread did, read from a trace: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMh4h6I0nSsKchNAySU

/** What to trace. */
export const CATEGORIES = ["devtools.timeline", "v8", "toplevel", "blink.user_timing"];

/** `{script, longest}`, in ms: how long script ran in all, and the longest that it ran in one task. */
export function scriptOf(events) {
  const { pid, tid } = events.find(({ name, cat }) => name === "bench" && cat.includes("blink.user_timing"));
  const spans = events.filter((event) => event.pid === pid && event.tid === tid && event.ph === "X" && event.dur > 0);
  const script = outermost(spans.filter(({ name }) => SCRIPT.test(name)));
  const tasks = outermost(spans.filter(({ name }) => name === "ThreadControllerImpl::RunTask"));
  const inTasks = tasks.map((task) => length(script.filter(({ ts }) => ts >= task.ts && ts < task.ts + task.dur)));
  return { script: length(script) / 1000, longest: Math.max(...inTasks) / 1000 };
}

// Compiling and running, also of what promises go on with, which is where a module of WebAssembly is made and begins.
const SCRIPT = /^(EvaluateScript|FunctionCall|EventDispatch|TimerFire|FireAnimationFrame|FireIdleCallback|BlinkScheduler_PerformMicrotaskCheckpoint|RunMicrotasks|v8\.(compile|compileModule|evaluateModule|run|callFunction|produceCache|produceModuleCache|wasm\..*)|(Major|Minor)GC|V8\.GC.*)$/;

// Spans lie within one another; the inner ones are part of the outer.
function outermost(spans) {
  let end = 0;
  return spans
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur)
    .filter(({ ts, dur }) => ts >= end && (end = ts + dur));
}

function length(spans) {
  return spans.reduce((sum, { dur }) => sum + dur, 0);
}
