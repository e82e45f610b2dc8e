import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";

const test = suite("output through a pipe");

/** Far more than a pipe holds. */
const many = Array.from({ length: 1500 }, (_, at) => `step("s${at}", "Look at ${at}", sh.read\`echo ${at}\`)`).join(
  ",",
);
const slowly = (reader: string): readonly string[] => ["bash", "-c", `set -o pipefail; "$@" | ${reader}`, "-"];

test("reaches a slow reader whole", async () => {
  const folder = await project({ "runbooks/big.runbook.ts": runbookText("big", many) });
  const { stdout } = await lockstep("plan", "big", "--json")
    .in(folder)
    .through(slowly("{ sleep 0.5; cat; }"))
    .prints(/./);
  assert.is(JSON.parse(stdout).body.length, 1500);
});

test("ends with its reader, and that is no fault", async () => {
  const folder = await project({ "runbooks/big.runbook.ts": runbookText("big", many) });
  await lockstep("plan", "big", "--json").in(folder).through(slowly("head -c 1")).prints("{").exits(0);
});

test("of an error reaches a slow reader whole, too", async () => {
  const folder = await project({
    "runbooks/big.runbook.ts": runbookText("big", `step("a", "A", sh\`rm -rf ${"x".repeat(200_000)}\`)`),
  });
  const { stdout } = await lockstep("show", "big")
    .in(folder)
    .through(["bash", "-c", '"$@" 2>&1 >/dev/null | { sleep 0.5; cat; }; exit "${PIPESTATUS[0]}"', "-"])
    .prints(/./)
    .exits(2);
  assert.match(stdout, /\n$/);
});

test.run();
