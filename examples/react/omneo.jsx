import { createTracker } from "omneo-interactions";
import { createContext, useContext, useEffect, useState } from "react";

const Omneo = createContext(null);

/** The tracker; null until it has started, and an effect that depends on it runs again then. */
export const useOmneo = () => useContext(Omneo);

/** Around the whole app, once. Starts the tracker with the settings of its first render, and stops it when it is unmounted. */
export function OmneoProvider({ settings, children }) {
  const [tracker, setTracker] = useState(null);
  useEffect(() => {
    let mounted = true;
    // A moment later: in development, StrictMode mounts everything twice, and a page needs one tracker.
    const started = Promise.resolve().then(() => (mounted ? createTracker(settings) : null));
    started.then((it) => mounted && setTracker(it)).catch(console.warn);
    return () => {
      mounted = false;
      started.then((it) => it?.stop()).catch(() => {});
    };
  }, []);
  return <Omneo.Provider value={tracker}>{children}</Omneo.Provider>;
}
