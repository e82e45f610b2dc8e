import { suite } from "uvu";
import * as assert from "uvu/assert";
import { closeTerminals } from "../../../support/lockstep-terminal.ts";
import { assertOnPage } from "./page-captures.ts";
import { assertRecordOf } from "./record.ts";
import { playFailure } from "./sessions.ts";

const test = suite("blue-green, when a step fails");
test.after.each(closeTerminals);

test("somebody leaves at the failure, looks at the runs, and goes on where it stands", async () => {
  const { window, session, captures } = await playFailure();
  assert.is(session.window.exitCode, 3);
  assert.is(window.exitCode, 3);
  assertOnPage(captures);
  assertRecordOf(session.window, [
    ...["✓ 0.1", "✓ 0.2", "✓ 0.3", "✓ 1.1", "✓ 1.2", "✓ 1.3", "– 1.4", "✓ 1.5", "✗ 1.6"],
  ]);
  assertRecordOf(window, ["✓ 1.6"]);
});

test.run();
