import EmberRouter from "@embroider/router";
import config from "shop/config/environment";

export default class Router extends EmberRouter {
  location = config.locationType;
  rootURL = config.rootURL;
}

// oxlint-disable-next-line array-callback-return -- these are routes, and no array.
Router.map(function () {
  this.route("stores");
  this.route("product", { path: "/products/:id" });
  this.route("journal");
  this.route("about");
});
