const injectScript = require("injectScript");

injectScript("https://www.acme.example/omneo/start.js", data.gtmOnSuccess, data.gtmOnFailure, "omneo");
