import { createTracker } from "omneo-interactions";
import { inject, shallowRef } from "vue";

const key = Symbol("omneo");

/** A ref of the tracker; null until it has started. */
export const useOmneo = () => inject(key);

/** The plugin: `createApp(App).use(omneo, settings)`. The tracker stops when the app is unmounted. */
export const omneo = {
  install(app, settings) {
    // Shallow: a `ref` would put a proxy around the tracker, and no proxy has its private fields.
    const tracker = shallowRef(null);
    app.provide(key, tracker);
    const started = Promise.resolve(createTracker(settings));
    started.then((it) => (tracker.value = it)).catch(console.warn);
    app.onUnmount(() => started.then((it) => it.stop()).catch(() => {}));
  },
};
