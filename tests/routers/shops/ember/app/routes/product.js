import Route from "@ember/routing/route";

const NAMES = { dress: "Linen wrap dress" };

export default class ProductRoute extends Route {
  model({ id }) {
    return NAMES[id];
  }
}
