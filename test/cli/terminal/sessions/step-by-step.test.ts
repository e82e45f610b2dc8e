import { suite } from "uvu";
import * as assert from "uvu/assert";
import { closeTerminals } from "../../../support/lockstep-terminal.ts";
import { assertOnPage } from "./page-captures.ts";
import { assertRecordOf } from "./record.ts";
import { playStepByStep } from "./sessions.ts";

const test = suite("blue-green, step by step");
test.after.each(closeTerminals);

test("from the gates to the end, as the page of the terminal shows it", async () => {
  const { window, session, captures } = await playStepByStep();
  assert.is(window.exitCode, 0);
  assertOnPage(captures);
  assertRecordOf(window, [
    ...["✓ 0.1", "✓ 0.2", "✓ 0.3"],
    ...["✓ 1.1", "✓ 1.2", "✓ 1.3", "– 1.4", "✓ 1.5", "✓ 1.6"],
    ...["✓ 2.1", "✓ 2.2", "– 2.3, 2.4", "✓ 2.5", "✓ 2.1"],
    ...["✓ 3.1", "✓ 3.2", "✓ 3.3", "✓ 3.4"],
    ...["✓ 4.1", "✓ 4.2", "✓ 4.3", "✓ 4.4"],
  ]);
  assert.is(session.project.serves(), "rlhf-audit-trail-green");
});

test.run();
