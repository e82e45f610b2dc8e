import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, runbook, sh, step } from "lockstep";
import { run } from "lockstep/run";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const tools = suite("programs that steps need");

async function notesOf(...steps: readonly ReturnType<typeof step>[]): Promise<readonly string[]> {
  const root = mkdtempSync(join(tmpdir(), "lockstep-tools-"));
  try {
    const notes: string[] = [];
    const running = run(compile(runbook({ id: "tools", title: "Tools" }, () => steps)), { root });
    for await (const event of running) if (event.type === "noted") notes.push(event.text);
    return notes;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

tools("are named before anything runs, if this machine does not have them", async () => {
  const first = step("first", "First", sh.read`bash -c 'true'`);
  const second = step("second", "Second", sh.read`true | no-such-tool-4711 --version || true`);
  assert.equal(await notesOf(first, second), ["not found on the PATH, though steps need it: no-such-tool-4711 (2)"]);
});

tools("are not mentioned if they are there, or are builtins, or have a path", async () => {
  assert.equal(await notesOf(step("one", "One", sh.read`(cd . && node --version); ./missing || true`)), []);
});

tools.run();
