import { fileURLToPath } from "node:url";

// `root`: the lock file of a folder above is none of this app's.
export default { output: process.env.EXPORTED && "export", turbopack: { root: fileURLToPath(new URL("..", import.meta.url)) } };
