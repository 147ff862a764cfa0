// The stubs that IAB asks every CMP to put first in the page: they keep calls until the CMP's own API takes over.

{
  const queue = [];
  window.__tcfapi = (...call) => (call.length ? void queue.push(call) : queue);

  const calls = [];
  const events = [];
  window.__gpp = (command, callback, parameter) => {
    if (!command || command === "queue") return calls;
    if (command === "events") return events;
    if (command === "addEventListener") {
      const listener = { id: events.length + 1, callback, parameter };
      events.push(listener);
      const pingData = { gppVersion: "1.1", cmpStatus: "stub", cmpDisplayStatus: "hidden", signalStatus: "not ready", supportedAPIs: [], cmpId: 0, sectionList: [], applicableSections: [], gppString: "", parsedSections: {} };
      return callback({ eventName: "listenerRegistered", listenerId: listener.id, data: true, pingData }, true);
    }
    calls.push([command, callback, parameter]);
  };
}
