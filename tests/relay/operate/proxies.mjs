// nginx and Caddy with the examples' own files, of which only addresses are changed.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, until } from "../world.mjs";
import { folderFor, start } from "./programs.mjs";

/** Starts one in front of the relay at that host; answers its origin, and where it logs. */
export async function startProxy(t, name, program, relay) {
  const folder = folderFor(t);
  mkdirSync(join(folder, "home"));
  const port = await freePort();
  const proxy = start(t, program, CONFIGURE[name](folder, port, relay), { env: { ...process.env, HOME: join(folder, "home") } });
  const origin = `http://127.0.0.1:${port}`;
  const listens = () => fetch(origin).then(() => true, () => false);
  await until(listens, `${name} listens`).catch((error) => {
    throw new Error(`${error.message}: ${proxy.said}`);
  });
  return { origin, log: join(folder, "error.log") };
}

const example = (file) => readFileSync(`relay/deploy/${file}`, "utf8").replace("127.0.0.1:8790", () => RELAY);
const RELAY = "RELAY";

const CONFIGURE = {
  nginx: (folder, port, relay) => {
    const site = example("nginx.conf").replace(RELAY, relay).replace("listen 8080", `listen 127.0.0.1:${port}`).replace("/var/www/shop", folder);
    const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join("\n");
    const log = `error_log ${folder}/error.log warn;`;
    // One process: workers outlive a master that is killed.
    writeFileSync(join(folder, "nginx.conf"), `daemon off; master_process off; pid ${folder}/pid; ${log} events {} http { access_log off; ${places} ${site} }`);
    return ["-e", `${folder}/error.log`, "-c", `${folder}/nginx.conf`];
  },
  caddy: (folder, port, relay) => {
    const site = example("Caddyfile").replace(RELAY, relay).replace("shop.example:8080", `:${port}`).replace("/var/www/shop", folder);
    writeFileSync(join(folder, "Caddyfile"), site);
    return ["run", "--config", `${folder}/Caddyfile`, "--adapter", "caddyfile"];
  },
};
