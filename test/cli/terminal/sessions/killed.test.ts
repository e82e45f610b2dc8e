import { suite } from "uvu";
import * as assert from "uvu/assert";
import { closeTerminals } from "../../../support/lockstep-terminal.ts";
import { assertOnPage } from "./page-captures.ts";
import { assertRecordOf } from "./record.ts";
import { playKilled } from "./sessions.ts";

const test = suite("blue-green, killed in the middle of the switch");
test.after.each(closeTerminals);

test("its probe tells that it is there, and nothing is asked", async () => {
  const { window, session, captures } = await playKilled({ probe: true });
  assert.is(window.exitCode, 130);
  assertOnPage(captures);
  assertRecordOf(window, ["✗ 3.2", "✓ 3.2", "✓ 3.3", "✓ 3.4", "– 4.1"]);
  assert.is(session.project.serves(), "rlhf-audit-trail-green");
});

test("without a probe a person looks, types what they found, and says how", async () => {
  const { window, captures } = await playKilled({ probe: false });
  assert.is(window.exitCode, 130);
  assertOnPage(captures);
  assertRecordOf(window, ["✗ 3.2", "✓ 3.2", "✓ 3.3", "✓ 3.4", "– 4.1"]);
});

test.run();
