// What the tracker says on the shop's open pages, shared between them. Each page remembers its last minute in memory and tells
// whoever asks; nothing of it is kept anywhere.
const CHANNEL = "shop:events";
const ASK = "last minute?";
const EVENTS = ["recorded", "refused", "delivered", "failed"];

export const MINUTE = 60_000;

export function shareEvents() {
  const channel = new BroadcastChannel(CHANNEL);
  let said = [];
  for (const event of EVENTS) {
    omneo("on", event, (detail) => {
      const one = { event, detail: JSON.parse(JSON.stringify(detail)), at: Date.now() };
      said = [...said.filter(({ at }) => at > one.at - MINUTE), one];
      channel.postMessage(one);
    });
  }
  channel.addEventListener("message", ({ data }) => data === ASK && said.forEach((one) => channel.postMessage(one)));
}

/** Hears `{event, detail, at}` of every open page of the shop, this one too: what was said in the last minute, and from now on. */
export function hearEvents(heard) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", ({ data }) => data !== ASK && heard(data));
  channel.postMessage(ASK);
}
