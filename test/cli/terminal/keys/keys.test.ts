import { suite } from "uvu";
import * as assert from "uvu/assert";
import { closeWindows, command, menu, open, read, start } from "../../../support/keys-window.ts";
import { pause, type TestTerminal } from "../../../support/terminal.ts";

const keys = suite("keys");
keys.after(closeWindows);

/** A word, and Enter once it is shown: an Enter that a busy machine hands over together with letters ends no line. */
async function enter(window: TestTerminal, word: string): Promise<void> {
  await window.type(word);
  await window.waitForRecord(new RegExp(`${word}$`));
  await pause(100);
  await window.press("enter");
}

function answers(window: TestTerminal): string[] {
  return [...window.text().matchAll(/^answer (.*)$/gm)].map(([, key]) => key ?? "");
}

keys("answer a menu in either case", async () => {
  const window = await start("menus");
  await window.type("R");
  await window.waitFor(/^Step 2$/m);
  await pause(read);
  await window.type("q");
  assert.is(await window.ended(), 3);
  assert.equal(answers(window), ["r", "q"]);
});

keys("Enter, space and Ctrl-D answer no menu", async () => {
  const window = await start("menus");
  for (const [key, name] of [
    ["enter", "enter"],
    ["space", "space"],
    ["ctrl-d", "ctrl-d"],
    ["up", "up"],
  ] as const) {
    await window.press(key);
    await window.waitFor(new RegExp(`^no key: ${name}$`, "m"));
  }
  await window.type("x");
  await window.waitFor(/^no key: x$/m);
  await window.press("ctrl-c");
  assert.is(await window.ended(), 130);
  assert.equal(answers(window), []);
});

for (const how of [undefined, "bare"] as const) {
  keys(`a paste ${how === "bare" ? "without brackets " : ""}answers nothing, and is said`, async () => {
    const window = await start("menus");
    window.paste("rm -rf build\r", how);
    await window.waitFor(/^Several keys came at once, as from a paste\. Nothing was done\.$/m);
    await window.press("ctrl-c");
    await window.ended();
    assert.equal(answers(window), []);
  });
}

keys("the same letter twice at once is a paste as well", async () => {
  const window = await start("menus");
  window.send("rr");
  await window.waitFor(/^Several keys came at once/m);
  await pause(read);
  await window.press("ctrl-c");
  await window.ended();
  assert.equal(answers(window), []);
});

keys("a paste that arrives in pieces answers nothing", async () => {
  const window = await start("menus");
  for (const piece of ["r", "m -r", "f bui", "ld"]) {
    window.send(piece);
    await pause(5);
  }
  await window.waitFor(/^Several keys came at once/m);
  await pause(read);
  await window.press("ctrl-c");
  await window.ended();
  assert.equal(answers(window), []);
});

keys("typed ahead answer nothing", async () => {
  const window = open(`exec ${command} late`);
  await window.waitFor(/^not yet$/m);
  await window.type("rsr");
  await window.waitFor(menu);
  await pause(read);
  await window.press("ctrl-c");
  await window.ended();
  assert.equal(answers(window), []);
});

keys("held down answer one question", async () => {
  const window = await start("menus");
  const gap = await window.hold("r", 30);
  await pause(read);
  await window.press("ctrl-c");
  assert.is(await window.ended(), 130);
  // a machine that is too busy lets go of the key in between
  if (gap < 150) assert.equal(answers(window), ["r"]);
});

keys("held down, or in the first moment of a question, say that they do not count", async () => {
  const window = await start("menus");
  await window.type("r");
  await window.waitFor(/^Step 2$/m);
  await window.type("s");
  await window.waitFor(/^Too early: nobody can have read this yet\. Press it again\.$/m);
  await pause(read);
  await window.type("s");
  await window.waitFor(/^s came again as soon as a key does that is held down, and counts once\.|^Step 3$/m);
  await pause(1_000);
  await window.press("ctrl-c");
  await window.ended();
});

keys("Ctrl-C leaves a question with 130", async () => {
  const window = await start("menus");
  await window.press("ctrl-c");
  assert.is(await window.ended(), 130);
  assert.match(window.scrollback(), /^left by ctrl-c$/m);
});

keys("a word is typed: another one, an empty line, a paste do nothing", async () => {
  const window = await start("word", /^>/m);
  await enter(window, "approv");
  await window.waitFor(/^"approv" is not "approve"\. Nothing was done\. Esc goes back\.$/m);
  await window.press("enter");
  await window.waitFor(/^An empty line is no answer\./m);
  window.paste("approve\r");
  await window.waitFor(/^Typed, not pasted\./m);
  await window.press("ctrl-u");
  window.paste("approve", "bare");
  await window.waitFor(/^Typed, not pasted\..*\n.*\n>$/m);
  await pause(read);
  await window.press("enter");
  await window.waitFor(/^An empty line is no answer\./m);
  await window.type("xAPROVE");
  await window.press("home", "delete", "right", "right");
  await window.type("P");
  await window.press("end");
  await window.waitFor(/^> APPROVE$/m);
  await window.type("\r");
  assert.is(await window.ended(), 0);
  assert.is(window.scrollback(), '{"line":"approve"}');
});

keys("Esc goes back from a typed line", async () => {
  const window = await start("word", /^>/m);
  await window.type("appr");
  await window.press("escape");
  await window.ended();
  assert.is(window.scrollback(), '{"left":"escape"}');
});

keys("free text takes letters of any alphabet, a paste too, but a pasted Enter does not send it", async () => {
  const window = await start("text", /^>/m);
  await window.type("日本é ");
  window.paste("kubectl get pods\n");
  await window.waitFor(/^> 日本é kubectl get pods/m);
  await window.press("backspace", "enter");
  await window.ended();
  assert.is(window.scrollback(), '{"line":"日本é kubectl get pods"}');
});

keys("a secret is not shown, in plain mode neither", async () => {
  for (const [flags, prompt] of [
    ["", /^>/m],
    ["--plain", /^Token:/m],
  ] as const) {
    const window = await start(`secret ${flags}`, prompt);
    await window.type("hunter2");
    // an Enter that a busy machine hands over together with letters ends no line, and nothing shows that they came
    await pause(read);
    await window.press("enter");
    await window.ended();
    assert.match(window.scrollback(), /it has 7 characters/);
    assert.not.match(window.written(), /hunter|h.*u.*n.*t.*e.*r.*2/);
  }
});

keys("in plain mode words are typed, and single letters answer nothing", async () => {
  const window = await start("menus --plain", /^Type run, skip, delete, help or quit, then Enter:/m);
  await enter(window, "r");
  await pause(read);
  await window.type("rux");
  await window.press("backspace");
  await enter(window, "n");
  await window.waitFor(/^Step 2$/m);
  await pause(read);
  await window.press("ctrl-d");
  await window.waitFor(/^Ctrl-D ends nothing here/m);
  await enter(window, "quit");
  assert.is(await window.ended(), 3);
  assert.equal(answers(window), ["r", "q"]);
  assert.not.match(window.written(), /\x1b/);
});

keys.run();
