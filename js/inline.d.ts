export * from "./omneo-interactions.js";
