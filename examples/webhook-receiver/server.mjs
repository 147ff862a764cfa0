import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

const secret = process.env.OMNEO_WEBHOOK_SECRET;
if (!secret) throw new Error("OMNEO_WEBHOOK_SECRET is missing; accepted: the secret that Omneo signs with");
const taken = new Set(); // in your database, so that it outlives the program

const server = createServer(async (request, response) => {
  const answer = (status) => response.writeHead(status).end();
  try {
    // The bytes as they came: what is parsed and written again is signed no more.
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (!isSigned(body, request.headers["x-omneo-hmac-sha256"])) return answer(401);
    const context = JSON.parse(body);
    // A delivery can come twice: its answer may have been lost.
    if (!taken.has(context.id)) {
      taken.add(context.id);
      setImmediate(work, context);
    }
    answer(200); // at once: what takes long comes after it
  } catch (error) {
    console.error(error.message);
    answer(400);
  }
});

function isSigned(body, given = "") {
  const wanted = createHmac("sha256", secret).update(body).digest("hex");
  const [own, theirs] = [wanted, given].map((text) => Buffer.from(text));
  return own.length === theirs.length && timingSafeEqual(own, theirs);
}

function work({ id, name, profile_id }) {
  console.log(`took ${id}: ${name}, of ${profile_id}`);
}

server.listen(process.env.PORT ?? 3000, "127.0.0.1");
await once(server, "listening");
console.log("started");
