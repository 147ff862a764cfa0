// Tells an open timeline what the tracker refused on this page. Nothing of it is kept anywhere.
const CHANNEL = "shop:refused";

export function shareRefusals() {
  const channel = new BroadcastChannel(CHANNEL);
  omneo("on", "refused", (refusal) => channel.postMessage(refusal));
}

export function hearRefusals(heard) {
  new BroadcastChannel(CHANNEL).addEventListener("message", ({ data }) => heard(data));
}
