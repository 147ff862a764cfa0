import { createTracker } from "omneo-interactions";
import { visit } from "../visit.js";

visit(createTracker, "vite");
