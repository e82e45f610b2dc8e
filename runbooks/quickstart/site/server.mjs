/**
 * node server.mjs COLOR VERSION PORT
 *
 * A server that says who it is. The site that starts it may tell it to fail: `{ failsAfter: 100 }`.
 */
import { createServer } from "node:http";

const [color, version, port] = process.argv.slice(2);
const served = `${color} ${version}`;
let visitors = 0;
let failsAfter = Number.POSITIVE_INFINITY;

const server = createServer((request, response) => {
  response.setHeader("x-served-by", served).setHeader("connection", "close");
  if (request.url === "/health") {
    response.setHeader("content-type", "application/json").end(JSON.stringify({ status: "ok", served }));
    return;
  }
  visitors += 1;
  const fails = visitors > failsAfter && visitors % 3 === 0;
  response.writeHead(fails ? 500 : 200, { "content-type": "text/html" }).end(page(fails ? `${served} fails` : served));
});

server.on("error", (error) => {
  console.error(`${served}: ${error.message}`);
  process.exit(1);
});
server.listen({ port: Number(port), host: "127.0.0.1" }, () => process.send("listening"));

process.on("message", (told) => {
  failsAfter = told.failsAfter ?? Number.POSITIVE_INFINITY;
});
process.once("SIGTERM", () => {
  // what it began to answer, it answers
  server.close(() => process.exit());
  setTimeout(() => process.exit(), 1000).unref();
});
// it does not outlive its site
process.once("disconnect", () => process.exit());

function page(words) {
  return `<!doctype html><meta http-equiv="refresh" content="1"><title>${words}</title>
<body style="background: ${color}; color: white; font: 10vmin sans-serif; text-align: center">${words}</body>
`;
}
