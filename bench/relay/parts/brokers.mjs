// The brokers that somebody else might have taken, with the same records.

import { packages } from "../../../tools/setup/packages.mjs";
import { figures } from "../peers/hammer.mjs";

export const rabbitmq = {
  title: "RabbitMQ, a quorum queue with publisher confirms",
  measure: (size) => measure(size, async () => (await import("../peers/rabbitmq.mjs")).RabbitMq),
};

export const jetstream = {
  title: "NATS JetStream, file storage with acknowledgements",
  measure: (size) => measure(size, async () => (await import("../peers/jetstream.mjs")).JetStream),
};

async function measure(size, load) {
  await packages("bench/relay/peers");
  const broker = await (await load()).make();
  try {
    await broker.start();
    return { version: broker.version, ...(await figures(broker, size)) };
  } finally {
    await broker.stop();
  }
}
