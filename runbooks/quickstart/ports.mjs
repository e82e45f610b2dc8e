/**
 * node ports.mjs PORT...
 *
 * Exit code 1 if one of these ports of this machine is taken.
 */
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { siteFile } from "./site/site-file.mjs";

const ports = process.argv.slice(2).map(Number);
const taken = [];
for (const port of ports) if (!(await isFree(port))) taken.push(port);

if (new Set(ports).size < ports.length) fail("proxy, blue and green need a port each");
else if (taken.length > 0) fail(`${taken.length > 1 ? "ports" : "port"} ${taken.join(", ")} taken: ${whatToDo()}`);
else console.log(`ports ${ports.join(", ")} are free`);

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1" }, () => server.close(() => resolve(true)));
  });
}

function whatToDo() {
  return existsSync(siteFile)
    ? "perhaps by a quickstart that was killed. `lockstep runs` shows it; `lockstep resume RUN` goes on with it, `lockstep rollback RUN` ends it"
    : "choose others, such as -p proxy-port=5780 -p blue-port=5781 -p green-port=5782";
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
