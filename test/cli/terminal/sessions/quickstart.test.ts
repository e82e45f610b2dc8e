import { suite } from "uvu";
import * as assert from "uvu/assert";
import { closeTerminals } from "../../../support/lockstep-terminal.ts";
import { assertOnPage } from "./page-captures.ts";
import { playQuickstart } from "./quickstart-session.ts";

const test = suite("the quickstart in a terminal");
test.after.each(closeTerminals);

test("starts after one key, waits, trips and goes back, as the page of the terminal shows it", async () => {
  const { window, captures, clean } = await playQuickstart();
  try {
    assert.is(window.exitCode, 4);
    assertOnPage(captures);
  } finally {
    clean();
  }
});

test.run();
