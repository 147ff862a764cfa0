import { fileURLToPath } from "node:url";

// `root`: where the packages are.
export default { output: "export", turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) } };
