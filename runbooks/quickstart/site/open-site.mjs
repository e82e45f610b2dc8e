/**
 * Runs a site until it is ended: what its file says, also when the file changes. Whoever ends this process ends all of it.
 */
import { fork } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openProxy } from "./proxy.mjs";
import { readSite, siteFile } from "./site-file.mjs";
import { sendVisitors } from "./visitors.mjs";

const program = fileURLToPath(new URL("server.mjs", import.meta.url));

export async function openSite() {
  const servers = new Map();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.once(signal, () => close(servers, 0));
  try {
    await follow(readSite(), servers);
  } catch (error) {
    console.error(error.message);
    close(servers, 1);
  }
}

async function follow(site, servers) {
  const { ports } = site;
  await startServers(site, servers);
  const proxy = await openProxy(ports.proxy, ports[site.serving]);
  console.log(`visitors come in at http://127.0.0.1:${ports.proxy}`);
  sendVisitors(ports.proxy);
  for (let seen = ""; ; await pause(50)) {
    // a site that is deleted stays as it is until it is closed
    const text = existsSync(siteFile) ? readFileSync(siteFile, "utf8") : seen;
    if (text === seen) continue;
    seen = text;
    const changed = JSON.parse(text);
    await startServers(changed, servers);
    proxy.pointTo(ports[changed.serving]);
    await stopServers(changed, servers);
  }
}

/** Starts what is missing. */
async function startServers(site, servers) {
  for (const [color, { version, failsAfter }] of Object.entries(site.servers)) {
    if (servers.get(color)?.version !== version) {
      if (servers.has(color)) await stop(color, servers);
      await start(color, version, site.ports[color], servers);
    }
    servers.get(color).process.send({ failsAfter });
  }
}

/** Stops what is left over. */
async function stopServers(site, servers) {
  for (const color of [...servers.keys()]) if (!site.servers[color]) await stop(color, servers);
}

function start(color, version, port, servers) {
  const child = fork(program, [color, version, String(port)]);
  servers.set(color, { version, process: child });
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", () => {
      if (servers.get(color)?.process !== child) return;
      servers.delete(color);
      console.error(`${color} ${version} ended by itself`);
      close(servers, 1);
    });
    child.once("error", reject);
  });
}

async function stop(color, servers) {
  const { process: child } = servers.get(color);
  servers.delete(color);
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await gone;
}

function close(servers, exitCode) {
  for (const { process: child } of servers.values()) child.kill();
  process.exit(exitCode);
}
