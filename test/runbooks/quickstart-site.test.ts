import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { tempFolder } from "../support/temp-folder.ts";

const folder = resolve("runbooks/quickstart");

/** Runs a program of the quickstart in a folder of its own. */
function run(cwd: string, program: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [`${folder}/${program}`, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  return new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((done) =>
    child.once("close", (exitCode) => done({ exitCode, stdout, stderr })),
  );
}

const site = suite("the site of the quickstart");

site("keeps what is changed while it is closed", async () => {
  const cwd = await tempFolder();
  const commands = [
    ["create", "1", "2", "3"],
    ["start", "green", "v2.0.0"],
    ["switch", "green"],
    ["stop", "blue"],
  ];
  for (const command of commands) assert.is((await run(cwd, "site.mjs", ...command)).exitCode, 0, command.join(" "));
  // done twice is done
  for (const command of commands.slice(1)) assert.is((await run(cwd, "site.mjs", ...command)).exitCode, 0);
  assert.match((await run(cwd, "site.mjs", "stop", "green")).stderr, "green serves the visitors");
  assert.is((await run(cwd, "site.mjs", "switch", "blue")).stderr, "there is no blue to switch to\n");
  assert.is((await run(cwd, "site.mjs", "delete")).exitCode, 0);
  assert.is((await run(cwd, "site.mjs", "delete")).exitCode, 0);
});

site("says what it can do, and that it must be created first", async () => {
  const cwd = await tempFolder();
  assert.match((await run(cwd, "site.mjs", "strat")).stderr, /node site\.mjs start COLOR VERSION/);
  const { exitCode, stderr } = await run(cwd, "site.mjs", "start", "green", "v2.0.0");
  assert.is(exitCode, 1);
  assert.is(stderr, "there is no site here; create one first\n");
});

site("measures nothing without visitors, 0 without errors, and forgets after three seconds", async () => {
  const script = `import { createMeter } from ${JSON.stringify(`${folder}/site/traffic-meter.mjs`)};
    let now = 0;
    performance.now = () => now;
    const meter = createMeter();
    const rates = [meter.read().errorRate];
    for (const status of [200, 404, 200]) meter.count(status, 5);
    rates.push(meter.read().errorRate);
    meter.count(500, 5);
    rates.push(meter.read().errorRate);
    now = 3000;
    console.log(JSON.stringify([...rates, meter.read()]));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  for await (const text of child.stdout) printed += text;
  assert.equal(JSON.parse(printed), [null, 0, 25, { served: 4, failed: 1, errorRate: null, responseTime: null }]);
});

const get = suite("get.mjs");

get("prints the answer, and fails as curl -f does", async () => {
  const server = createServer(({ url }, response) => {
    response.writeHead(url === "/ok" ? 200 : 503).end(`answer of ${url}`);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    assert.equal(await run(folder, "get.mjs", `${address}/ok`), { exitCode: 0, stdout: "answer of /ok\n", stderr: "" });
    const failed = await run(folder, "get.mjs", `${address}/no`);
    assert.is(failed.exitCode, 1);
    assert.match(failed.stderr, `${address}/no: 503 Service Unavailable`);
  } finally {
    await new Promise((done) => server.close(done));
  }
  const refused = await run(folder, "get.mjs", `${address}/ok`);
  assert.is(refused.exitCode, 1);
  assert.match(refused.stderr, "ECONNREFUSED");
});

site.run();
get.run();
