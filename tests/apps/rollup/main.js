import { createTracker } from "omneo-interactions/inline";
import { visit } from "../visit.js";

visit(createTracker, "rollup");
