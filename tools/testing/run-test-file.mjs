import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { root } from "../paths.mjs";
import { readSummary } from "./uvu-summary.mjs";

const limitSeconds = 300;
const running = new Set();

/** Runs one bundled test in a process of its own; resolves with its counts and its whole output. */
export function runTestFile({ file, bundle, node }) {
  return new Promise((resolve) => {
    const started = performance.now();
    // In a group of its own, so that what hangs is ended together with its children.
    const child = spawn(node, ["--enable-source-maps", bundle], {
      cwd: root,
      // First in PATH, so that what a test starts by its `#!/usr/bin/env node` runs there as well.
      env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    const chunks = [];
    let closing;
    let timedOut = false;
    // a warning on the other stream must not fall into the middle of the summary
    const printed = [];
    child.stdout.on("data", (chunk) => {
      chunks.push(chunk);
      printed.push(chunk);
    });
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child);
    }, limitSeconds * 1000);
    child.on("error", (error) => chunks.push(Buffer.from(`${error.stack}\n`)));
    // A child that the test left behind keeps the pipes open: do not wait for it for long.
    child.on("exit", () => {
      closing = setTimeout(() => {
        chunks.push(Buffer.from("a process that this test started still holds its output\n"));
        endGroup(child);
        child.stdout.destroy();
        child.stderr.destroy();
      }, 5_000);
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      clearTimeout(closing);
      running.delete(child);
      const output = Buffer.concat(chunks).toString("utf8");
      const seconds = (performance.now() - started) / 1000;
      const summary = readSummary(Buffer.concat(printed).toString("utf8"));
      resolve({ file, node, seconds, ...judge({ output, summary, code, signal, timedOut }) });
    });
  });
}

function judge({ output, summary, code, signal, timedOut }) {
  const fault = timedOut
    ? `did not end within ${limitSeconds} seconds`
    : signal !== null
      ? `ended by ${signal}`
      : summary === undefined
        ? "printed no summary: does its suite end in .run()?"
        : summary.total === 0 && summary.skipped === 0
          ? "has no test"
          : code !== 0 && summary.failed === 0
            ? `ended with exit code ${code} although every test passed`
            : undefined;
  const { passed = 0, failed = 0, skipped = 0 } = summary ?? {};
  if (fault === undefined) return { passed, failed, skipped, output };
  return { passed, failed: failed + 1, skipped, output: `${output}\n${fault}\n` };
}

function endGroup(child) {
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
]) {
  process.once(signal, () => {
    for (const child of running) endGroup(child);
    process.exit(code);
  });
}
