"use strict";

module.exports = (environment) => ({
  modulePrefix: "shop",
  environment,
  rootURL: "/",
  locationType: "history",
  EmberENV: { EXTEND_PROTOTYPES: false },
  APP: {},
  pageTitle: { separator: " – " },
});
