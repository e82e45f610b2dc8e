import { execFileSync, spawn } from "node:child_process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { wrapperScript } from "../../../runners/attempts/wrapper-script.ts";
import { readBootId } from "../../../runners/processes/boot-id.ts";
import {
  askPs,
  listProcesses,
  parsePsLine,
  parseStat,
  psVariables,
  readProcess,
} from "../../../runners/processes/process-entry.ts";
import { isAlive, processIdentity } from "../../../runners/processes/process-identity.ts";

const test = suite("process identity");

test("this process lives", () => {
  assert.is(processIdentity().pid, process.pid);
  assert.ok(isAlive(processIdentity()));
});

test("the same pid with another start time, or in another boot, is another process", () => {
  assert.not.ok(isAlive({ ...processIdentity(), startTime: "1" }));
  assert.not.ok(isAlive({ ...processIdentity(), boot: "another" }));
});

test("a process that ended does not live, also before its parent has taken notice", async () => {
  const child = spawn("bash", ["-c", "sleep 0 & exec sleep 300"]); // the shell's child stays a zombie of `sleep`
  const parent = child.pid ?? 0;
  const exited = new Promise((resolve) => child.on("exit", resolve));
  let zombie = undefined as ReturnType<typeof readProcess>;
  while (!zombie) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    zombie = listProcesses().find((entry) => entry.parent === parent && entry.zombie);
  }
  assert.not.ok(isAlive({ ...zombie, boot: readBootId() }));
  const identity = { pid: parent, startTime: readProcess(parent)?.startTime ?? "", boot: readBootId() };
  assert.ok(isAlive(identity));
  child.kill("SIGKILL");
  await exited;
  assert.not.ok(isAlive(identity));
});

test("a name with parentheses, blanks and line ends does not shift the fields", () => {
  const rest = "S 11 22 33 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 2000";
  for (const name of ["bash", "a b", "x) R 1 1 1 (y", "a\n) S 9"]) {
    assert.equal(
      parseStat(`77 (${name}) ${rest}\n`),
      { pid: 77, parent: 11, group: 22, session: 33, startTime: "987654", zombie: false, stopped: false },
      name,
    );
  }
  assert.is(parseStat(`77 (x) ${rest.replace("S", "Z")}`)?.zombie, true);
  assert.is(parseStat(`77 (x) ${rest.replace("S", "T")}`)?.stopped, true);
  assert.is(parseStat(""), undefined);
});

test("what ps prints where there is no /proc is read alike", () => {
  assert.equal(parsePsLine("  501     1   501 Ss   Wed May  1 10:00:03 2024    "), {
    pid: 501,
    parent: 1,
    group: 501,
    session: undefined,
    startTime: "Wed May 1 10:00:03 2024",
    zombie: false,
    stopped: false,
  });
  assert.is(parsePsLine("  502   501   501 Z+   Wed May  1 10:00:03 2024")?.zombie, true);
  assert.is(parsePsLine(""), undefined);
});

test("where there is no /proc a process is the same one for whoever asks, in whatever time zone and language", () => {
  const { TZ, LC_ALL } = process.env;
  const asked = (zone: string, language: string): string | undefined => {
    Object.assign(process.env, { TZ: zone, LC_ALL: language });
    return askPs(["-p", String(process.pid)])[0]?.startTime;
  };
  try {
    const here = asked("UTC", "C");
    assert.match(here ?? "", /^\w+ \w+ \d+ \d\d:\d\d:\d\d \d{4}$/);
    assert.is(asked("Asia/Tokyo", "de_DE.UTF-8"), here);
    // the wrapper of an attempt asks in a shell of its own
    const shell = `${psVariables} ps -o lstart= -p ${process.pid}`;
    const line = execFileSync("bash", ["-c", shell], { encoding: "utf8", env: { ...process.env, TZ: "Asia/Tokyo" } });
    assert.is(line.trim().replace(/\s+/g, " "), here);
    assert.match(wrapperScript, `$(${psVariables} ps -o lstart= -p $$)`);
  } finally {
    Object.assign(process.env, { TZ, LC_ALL });
    if (TZ === undefined) delete process.env["TZ"];
    if (LC_ALL === undefined) delete process.env["LC_ALL"];
  }
});

test("a pid that nobody has is no process", () => {
  assert.is(readProcess(4_194_304), undefined);
});

test.run();
