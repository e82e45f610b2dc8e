import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";

const test = suite("a step that prints more than there is memory for");

/** What lockstep itself may need at its highest, in kB: it says so of itself when it ends. */
const bound = 150_000;
const notePeak = `const { readFileSync, writeFileSync } = require("node:fs");
const { basename } = require("node:path");
if (basename(process.argv[1] ?? "") === "main.js")
  process.on("exit", () => writeFileSync("peak", /VmHWM:\\s*(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]));
`;

const prints = (bytes: number): string => `head -c ${bytes} /dev/zero | tr "\\\\0" x`;
const withSecret = 'params: { token: param.secret({ from: { env: "TOKEN" } }) }';

for (const [how, bytes, script, more, settings, args, shown] of [
  ["no newline, shown to nobody", 1_000_000_000, "", "", "", ["-q"], 0],
  ["no newline, in a log", 200_000_000, "", "", "", [], 200_000_000],
  ["no newline, through the masker", 1_000_000_000, "", "", withSecret, ["-q"], 0],
  ["no newline, and is judged by it", 1_000_000_000, "echo seen; ", 'expect: "seen"', "", ["-q"], 0],
] as const)
  test(`${how}: its memory stays within bounds, and the log is complete`, async () => {
    const step = `step("big", "Print", sh.read\`${script}${prints(bytes)}\`, { ${more} })`;
    const folder = await project({
      "runbooks/big.runbook.ts": runbookText("big", step, settings),
      "peak.cjs": notePeak,
    });
    writeFileSync(join(folder, "shown"), "");
    await lockstep("run", "big", "--auto", ...args)
      .in(folder)
      .env({ NODE_OPTIONS: "--require ./peak.cjs", TOKEN: "a-very-secret-token" })
      .through(["bash", "-c", '"$@" 2>shown >summary', "-"])
      .exits(0);
    const peak = Number(readFileSync(join(folder, "peak"), "utf8"));
    assert.ok(peak < bound, `${peak} kB`);

    const [run = ""] = readdirSync(join(folder, ".lockstep/runs"));
    const attempt = join(folder, ".lockstep/runs", run, "attempts/big.1");
    const length = statSync(join(attempt, more === "" ? "log" : "out")).size;
    assert.is(length, bytes + script.length - (script === "" ? 0 : "echo ; ".length - 1));
    assert.ok(statSync(join(folder, "shown")).size >= shown);
  });

test.run();
