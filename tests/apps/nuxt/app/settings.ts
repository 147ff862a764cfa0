export * from "../../settings";
