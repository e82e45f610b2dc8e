import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bundleScript } from "../../../support/script-process.ts";
import { pause, type TerminalOptions, type TestTerminal, terminal } from "../../../support/terminal.ts";

const keys = suite("keys");
// each window is closed by a listener of its own
process.setMaxListeners(100);
const program = await bundleScript("test/support/terminal-program.ts");
const command = `'${process.execPath}' '${program}'`;
const menu = /^r run · s skip · q quit · \? more$/m;
const opened: TestTerminal[] = [];

/** Longer than a new question is deaf. */
const read = 400;

keys.after(() => {
  for (const window of opened) window.close();
});

function open(line: string, options: TerminalOptions = {}): TestTerminal {
  const window = terminal(options).run(line);
  opened.push(window);
  return window;
}

async function start(words: string, prompt: RegExp = menu, options: TerminalOptions = {}): Promise<TestTerminal> {
  const window = open(`exec ${command} ${words}`, options);
  await window.waitFor(prompt);
  await pause(read);
  return window;
}

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

for (const [how, act] of [
  ["an end", (window: TestTerminal) => window.type("q")],
  ["Ctrl-C", (window: TestTerminal) => window.press("ctrl-c")],
] as const) {
  keys(`the terminal is as it was after ${how}`, async () => {
    const window = open(`stty -g; ${command} menus; stty -g`);
    await window.waitFor(menu);
    await pause(read);
    await act(window);
    await window.ended();
    const lines = window
      .text()
      .split("\n")
      .filter((line) => /^[0-9a-f:]{40,}$/.test(line));
    assert.is(lines.length, 2);
    assert.is(lines[0], lines[1]);
    assert.ok(window.written().lastIndexOf("\x1b[?2004l") > window.written().lastIndexOf("\x1b[?2004h"));
  });
}

keys("the terminal is as it was after an exception and after TERM", async () => {
  for (const words of ["crash", "menus & sleep 1; kill $!; wait $!"]) {
    const window = open(`stty -g; ${command} ${words}; stty -g`);
    await window.ended();
    const lines = window
      .text()
      .split("\n")
      .filter((line) => /^[0-9a-f:]{40,}$/.test(line));
    assert.is(lines.length, 2, window.text());
    assert.is(lines[0], lines[1]);
  }
});

keys("kill -9 leaves a usable shell", async () => {
  const window = terminal({ env: { PS1: "$ " } }).run(["bash", "--norc", "-i"]);
  opened.push(window);
  await window.waitFor(/^\$/m);
  await window.type(`clear; ${command.replaceAll("'", "")} redraw\r`);
  await window.waitFor(menu);
  process.kill(Number(/^process (\d+)$/m.exec(window.text())?.[1]), "SIGKILL");
  await window.waitFor(/^Killed\b|Killed/m);
  await window.type("echo us''able\r");
  await window.waitFor(/^\$ echo us''able\nusable$/m);
  await window.type("stty -a | grep -ow -e -icanon -e -echo || echo as before\r");
  await window.waitFor(/^as before$/m);
  await window.type("exit\r");
  await window.ended();
});

keys("Ctrl-Z stops where that is allowed, and the shell brings it back with its region", async () => {
  const window = terminal({ env: { PS1: "$ " } }).run(["bash", "--norc", "-i"]);
  opened.push(window);
  await window.waitFor(/^\$/m);
  await window.type(`clear; ${command.replaceAll("'", "")} menus\r`);
  await window.waitFor(menu);
  await window.press("ctrl-z");
  await window.waitFor(/Stopped/);
  assert.not.match(window.screen(), menu);
  await window.type("echo in the sh''ell\r");
  await window.waitFor(/^in the shell$/m);
  await window.type("fg\r");
  await window.waitFor(menu);
  await pause(read);
  await window.type("q");
  await window.waitFor(/^answer q\n\$/m);
  await window.type("exit\r");
  await window.ended();
});

keys("a shell has the terminal to itself, and the question goes on behind it", async () => {
  const window = await start("shell");
  await window.type("r");
  await window.waitFor(/^shell>/m);
  assert.match(window.text(), /\bisig icanon\b/);
  await window.type("hello\r");
  await window.waitFor(/^after the shell$/m);
  assert.match(window.text(), /^shell> hello\ngot hello$/m);
  await window.waitFor(menu);
  await pause(read);
  await window.type("s");
  await window.ended();
  assert.match(window.text(), /^\{"key":"s"\}$/m);
});

keys.run();
