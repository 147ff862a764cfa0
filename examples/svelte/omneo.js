import { createTracker } from "omneo-interactions";
import { getContext, onMount, setContext } from "svelte";
import { writable } from "svelte/store";

const key = Symbol("omneo");

/** A store of the tracker; null until it has started. */
export const useOmneo = () => getContext(key);

/** Called by the component around all pages, once. The tracker starts when that is mounted and stops when it is taken away. */
export function startOmneo(settings) {
  const tracker = writable(null);
  setContext(key, tracker);
  onMount(() => {
    const started = Promise.resolve(createTracker(settings));
    started.then(tracker.set).catch(console.warn);
    return () => started.then((it) => it.stop()).catch(() => {});
  });
}
