import { createTracker } from "./omneo/omneo-interactions.js";
import { visit } from "./visit.js";

visit(createTracker, "module");
