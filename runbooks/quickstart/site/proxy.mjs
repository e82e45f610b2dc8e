/** Sends all visitors to one server, and measures what they get. Pointing it elsewhere breaks no request under way. */
import { createServer, request } from "node:http";
import { createMeter } from "./traffic-meter.mjs";

export async function openProxy(port, target) {
  const meter = createMeter();
  let pointsTo = target;
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === "/metrics") {
      outgoing.setHeader("content-type", "application/json").end(JSON.stringify(meter.read()));
      return;
    }
    const began = performance.now();
    if (incoming.url !== "/health") {
      outgoing.once("finish", () => meter.count(outgoing.statusCode, performance.now() - began));
    }
    forward(incoming, outgoing, pointsTo);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1" }, resolve);
  });
  return {
    pointTo(newTarget) {
      pointsTo = newTarget;
    },
  };
}

function forward(incoming, outgoing, port) {
  const { method, url, headers } = incoming;
  const onward = request({ host: "127.0.0.1", port, method, path: url, headers, agent: false }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  onward.once("error", () => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end("nobody answers\n");
  });
  incoming.pipe(onward);
}
