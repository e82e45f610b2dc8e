import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../support/attempt-fixture.ts";
import { journalOf } from "../../support/journal-of.ts";
import { lockstep } from "../../support/lockstep-command.ts";
import { closeTerminals, type LockstepTerminal, lockstepTerminal } from "../../support/lockstep-terminal.ts";
import { me, openPeople as open, start } from "../../support/people-window.ts";
import { pause } from "../../support/terminal.ts";

const test = suite("what people answer in a terminal");
test.after.each(closeTerminals);

const answersIn = (folder: string) => journalOf(folder).filter(({ type }) => type === "answered");

test("a checklist is ticked by digit, and done only when all hold", async () => {
  const { window, folder } = await open(`checklist("gates", "Gates", ["Code reviewed", "Tests pass", "Plan ready"])`);
  const menu = /^0 of 3 · 1-3 tick · d done · x does not hold · n note · q quit · \? more$/m;
  await window.answer(menu, "d");
  await window.waitFor(/^Not done: 1, 2, 3 are open\.$/m);
  await window.type("2");
  await window.waitFor(
    /^ {3}1 \[ \] Code reviewed\n {3}2 \[x\] Tests pass\n {3}3 \[ \] Plan ready\nOpen: 1, 3\. All must hold\.\n1 of 3/m,
  );
  await window.type("13");
  await window.waitFor(/^Several keys came at once|^2 of 3|^3 of 3/m);
  await window.answer(/\d of 3/, "\x1b");
  for (const item of ["1", "3"])
    if (!new RegExp(`${item} \\[x\\]`).test(window.screen())) await window.answer(/of 3/, item);
  await window.answer(/^All hold\.\n3 of 3/m, "d");
  assert.is(await window.ended(), 0);
  assert.match(window.text(), new RegExp(`^✓ 1 ok .* 3 of 3 ticked by ${me}$`, "m"));
  assert.equal(answersIn(folder)[0]?.answer, { say: "tick", items: [1, 2, 3] });
});

for (const [how, leave] of [
  ["q", (window: LockstepTerminal) => window.type("q")],
  ["Ctrl-C", (window: LockstepTerminal) => window.press("ctrl-c")],
  ["a terminal that goes away", (window: LockstepTerminal) => window.hangUp()],
] as const)
  test(`what was ticked of a checklist is kept when it is left by ${how}`, async () => {
    const { window, folder } = await open(`checklist("gates", "Gates", ["Code reviewed", "Tests pass", "Plan ready"])`);
    await window.answer(/^0 of 3/m, "1");
    await window.answer(/^1 of 3/m, "3");
    await window.waitFor(/^2 of 3/m);
    await pause(800);
    await leave(window);
    await until(() => journalOf(folder).some(({ type }) => type === "stopped"));
    assert.equal(answersIn(folder)[0]?.answer, { say: "tick", items: [1, 3] });
    const again = lockstepTerminal(folder, ["resume"], { rows: 30 });
    await again.answer(start, "r");
    await again.waitFor(/^ {3}1 \[x\] Code reviewed\n {3}2 \[ \] Tests pass\n {3}3 \[x\] Plan ready\nOpen: 2\./m);
    await again.answer(/^2 of 3/m, "2");
    await again.answer(/^All hold\.$/m, "d");
    assert.is(await again.ended(), 0);
    assert.match(again.text(), new RegExp(`^✓ 1 ok .* 3 of 3 ticked by ${me}$`, "m"));
  });

test("a long checklist scrolls by the cursor keys, and space ticks there", async () => {
  const items = Array.from({ length: 14 }, (_, index) => `"Item number ${index + 1}"`).join(", ");
  const { window, folder } = await open(`checklist("gates", "Gates", [${items}])`);
  await window.waitFor(/^> {3}1 \[ \] Item number 1$/m);
  assert.match(window.screen(), /\(\d+ below\)$/m);
  for (let row = 1; row <= 13; row += 1) {
    await window.answer(/ of 14/, " ");
    await window.waitFor(new RegExp(`^> +${row} \\[x\\]`, "m"));
    await pause(200);
    await window.press("down");
    await window.waitFor(new RegExp(`^> +${row + 1} `, "m"));
  }
  await window.answer(/^Open: 14\. All must hold\.$/m, " ");
  await window.answer(/^All hold\.$/m, "d");
  assert.is(await window.ended(), 0);
  assert.equal(answersIn(folder)[0]?.answer, {
    say: "tick",
    items: Array.from({ length: 14 }, (_, index) => index + 1),
  });
});

test("an item that failed its check is overruled with a reason, one of a second person is theirs", async () => {
  const { window, folder } = await open(
    `checklist("gates", "Gates", [
      check("The disk has room", sh.read\`false\`),
      secondPerson("Another pair of eyes"),
      "Agreed",
    ])`,
    {
      config: `export default { approvals: { allowedSigners: "signers", users: { ${JSON.stringify(me)}: [] } } };\n`,
      files: { signers: "" },
    },
  );
  await window.waitForRecord(/item 1 does not hold: The disk has room/);
  await window.answer(/^ {3}1 \[ \] The disk has room, looked at: does not hold$/m, "1");
  await window.word(
    /^1 failed its check\. Why does it hold all the same\? It is kept\. Esc: it does\s+not\.$/m,
    "seen it",
  );
  await window.answer(/^ {3}1 \[x\] /m, "2");
  await window.waitFor(/^2: a second person answers, by: lockstep approve \w{4} 1 --tick 2$/m);
  await window.answer(/ of 3/, "3");
  await window.answer(/^2 of 3/m, "d");
  await window.waitFor(/^2: a second person answers/m);
  assert.equal(
    answersIn(folder).map(({ answer }) => answer),
    [
      { say: "overrule", reason: "seen it", items: [1] },
      { say: "tick", items: [3] },
    ],
  );
  await window.answer(/ of 3/, "x");
  await window.word(/^What does not hold\? It is kept in the record\. Esc: not refused\.$/m, "no eyes");
  assert.is(await window.ended(), 3);
  assert.match(
    window.text(),
    /^Stopped at 1: refused by \w+: no eyes, nothing runs\.\s+Goes on with: lockstep resume/m,
  );
});

test("a manual step asks for what is noted: a line, one of several words, and a text of several lines", async () => {
  const { window, folder } = await open(
    `manual("call", "Call the provider", { instructions: "Ring the hotline.\\nAsk for the shift.", asks: {
      who: ask.line("Who answered", { example: "Kim" }),
      way: ask.oneOf("The way out", ["fix", "rollback"]),
      story: ask.paragraph("What they said"),
    } })`,
  );
  await window.waitFor(
    /^1 {2}Call the provider · by hand\n {5}do {6}Ring the hotline\.\n {13}Ask for the shift\.\n {5}asks {4}Who answered\n/m,
  );
  await window.answer(/^d done · x cannot be done · n note · q quit · \? more$/m, "d");
  await window.word(/^Who answered, such as Kim\. Esc: not yet\.$/m, "Kim");
  await window.word(/^The way out, type fix or rollback\. Esc: not yet\.$/m, "neither");
  await window.word(/"neither" is not "fix" or "rollback"\. Nothing was done\./, "fix");
  await window.word(
    /^What they said, in one or more lines; a lone full stop ends it\. Esc: not yet\.$/m,
    "it is known",
  );
  await window.word(/^ {2}it is known$/m, "until noon");
  await window.word(/^ {2}it is known\n {2}until noon$/m, ".");
  assert.is(await window.ended(), 0);
  assert.equal(answersIn(folder)[0]?.answer, {
    say: "done",
    asks: { who: "Kim", way: "fix", story: "it is known\nuntil noon" },
  });
});

const switchover = `approval("go", "Switch traffic", { by: ["release-manager"] }),
  section("move", "Move", [step("move-it", "Move it", sh\`echo moved\`, { undo: sh\`echo back\` })])`;

test("an approval shows what it covers, and takes the word and nothing else", async () => {
  const { window, folder } = await open(switchover, {
    config: `import { defineConfig } from "lockstep";
export default defineConfig({ roles: { "release-manager": ["${me}"] } });
`,
  });
  await window.waitFor(/^a approve · v view · n note · x refuse · q quit · \? more$/m);
  assert.match(
    window.text(),
    new RegExp(
      `^1 {2}Approval by release-manager: switch traffic\\n {5}Approves exactly this, to the end \\(no other approval follows\\):\\n {7}2\\.1 {2}WRITE {2}Move it\\n {5}on {6}this machine\\n {5}so far {2}none ok, none skipped, none failed, none overruled\\n\\n {5}you are ${me}, a release-manager by lockstep\\.config\\.ts\\na approve`,
      "m",
    ),
  );
  await window.answer(/^a approve/m, "v");
  await window.waitForRecord(/^2\.1 {2}Move it\necho moved\n {5}undo {4}echo back\n/m);
  await window.answer(/^a approve/m, "a");
  await window.word(/^To approve, type approve and Enter\. Esc: not yet\.$/m, "approv");
  await window.waitFor(/^"approv" is not "approve"\. Nothing was done\. Esc goes back\.$/m);
  assert.equal(answersIn(folder), []);
  await window.type("APPROVE\r");
  assert.is(await window.ended(), 0);
  assert.match(window.text(), new RegExp(`^✓ 1 ok .* approved by ${me}$`, "m"));
});

test("who may not approve is told so, and why when they do", async () => {
  const { window, folder } = await open(switchover, {
    config: `import { defineConfig } from "lockstep";
export default defineConfig({ roles: { "release-manager": ["somebody-else"] } });
`,
  });
  await window.waitFor(new RegExp(`you are ${me}, no release-manager by lockstep\\.config\\.ts\\.`));
  await window.answer(/^a approve/m, "a");
  await window.word(/type approve and Enter/, "approve");
  await window.waitForRecord(
    new RegExp(
      `^The answer of ${me} does not count: ${me} is no release-manager by\\s+lockstep\\.config\\.ts\\.$`,
      "m",
    ),
  );
  await window.answer(/^a approve/m, "n");
  await window.word(/^A note, for the record\. Esc: none\.$/m, "the answer of bob does not count: he asked");
  await window.waitForRecord(/^ {5}note {4}the answer of bob does not count: he asked/m);
  await window.answer(/^a approve/m, "x");
  await window.word(/^Why not\? It is kept in the record\. Esc: not refused\.$/m, "not my call");
  assert.is(await window.ended(), 3);
  assert.match(window.text(), new RegExp(`^Stopped at 1: refused by ${me}: not my call, nothing runs\\.`, "m"));
  const journal = journalOf(folder);
  assert.equal(
    journal.filter(({ type }) => type === "noted").map(({ uncounted }) => uncounted),
    [true, undefined],
  );
  assert.is(journal.find(({ type }) => type === "stopped")?.["refusal"], `refused by ${me}: not my call`);
  assert.equal(
    answersIn(folder).map(({ answer }) => answer),
    [{ say: "refuse", reason: "not my call" }],
  );
});

test("a question that is answered from elsewhere goes away here, and says who answered", async () => {
  const { window, folder } = await open(switchover);
  await window.waitFor(/^a approve/m);
  const asked = journalOf(folder).find(({ type }) => type === "asked");
  assert.ok(asked);
  const { digest } = asked["question"] as { digest: string };
  const run = String(journalOf(folder)[0]?.run);
  await lockstep("approve", run, "1", "--digest", digest.slice(0, 12))
    .in(folder)
    .prints(/approved/);
  assert.is(await window.ended(), 0);
  assert.match(window.text(), new RegExp(`^ {5}answer  1 approved by ${me} from \\S+$`, "m"));
});

test.run();
