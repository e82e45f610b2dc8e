import { suite } from "uvu";
import * as assert from "uvu/assert";
import { closeTerminals } from "../../../support/lockstep-terminal.ts";
import { assertOnPage } from "./page-captures.ts";
import { assertRecordOf } from "./record.ts";
import { playTrip } from "./sessions.ts";

const test = suite("blue-green, when the guard trips");
test.after.each(closeTerminals);

test("in the middle of the wait the traffic goes back, and nothing is asked", async () => {
  const { window, session, captures } = await playTrip();
  assert.is(window.exitCode, 4);
  assert.is(window.bells, 1);
  assertOnPage(captures);
  assertRecordOf(window, [
    ...["✓ 0.1", "✓ 0.2", "✓ 0.3", "✓ 1.1", "✓ 1.2", "✓ 1.3", "– 1.4", "✓ 1.5", "✓ 1.6"],
    ...["✓ 2.1", "✓ 2.2", "– 2.3, 2.4", "✓ 2.5", "✓ 2.1", "✓ 3.1", "✓ 3.2", "✓ 3.3", "✓ 3.4", "↺ 3.2"],
  ]);
  assert.is(session.project.serves(), "rlhf-audit-trail-blue");
});

test.run();
