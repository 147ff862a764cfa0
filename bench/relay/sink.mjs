// An Omneo that says 201 to all that is created, as late as it is told to.

import { once } from "node:events";
import { createServer } from "node:http";

export async function sink({ delayMs = 0 } = {}) {
  let id = 0;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      setTimeout(() => response.writeHead(201, { "Content-Type": "application/json" }).end(JSON.stringify({ data: { id: (id += 1) } })), delayMs);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close()) };
}
