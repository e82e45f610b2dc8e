import { suite } from "uvu";
import * as assert from "uvu/assert";
import { closeTerminals } from "../../../support/lockstep-terminal.ts";
import { assertOnPage } from "./page-captures.ts";
import { assertRecordOf } from "./record.ts";
import { playLooks, playPlain } from "./sessions.ts";

const test = suite("blue-green in other windows");
test.after.each(closeTerminals);

const history = [
  ...["✓ 0.1", "✓ 0.2", "✓ 0.3", "✓ 1.1", "✓ 1.2", "✓ 1.3", "– 1.4", "✓ 1.5", "✓ 1.6"],
  ...["✓ 2.1", "✓ 2.2", "– 2.3, 2.4", "✓ 2.5", "✓ 2.1", "✓ 3.1", "✓ 3.2", "✓ 3.3", "✓ 3.4", "– 4.1"],
];

for (const columns of [40, 120])
  test(`at ${columns} columns no line of the record is lost, none of the live region is left`, async () => {
    const { window, captures } = await playLooks("narrow", { columns });
    assert.is(window.exitCode, 130);
    if (columns === 40) assertOnPage(captures);
    assertRecordOf(window, history);
    const widest = Math.max(
      ...window
        .scrollback()
        .split("\n")
        .map(({ length }) => length),
    );
    assert.ok(widest <= columns, `${widest} columns`);
  });

test("without colour and Unicode", async () => {
  const { window, captures } = await playLooks("ascii", { flags: ["--ascii"], env: { NO_COLOR: "1" } });
  assertOnPage(captures);
  assert.not.match(window.written(), /[^\x00-\x7f]/);
  assert.not.match(window.written(), /\x1b\[\d*m/);
});

test("for a screen reader", async () => {
  const { window, captures } = await playPlain();
  assertOnPage(captures);
  assert.not.match(window.written(), /\x1b/);
  assert.not.match(window.text(), /^ +\S/m);
});

test.run();
