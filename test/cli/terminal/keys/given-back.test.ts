import { suite } from "uvu";
import * as assert from "uvu/assert";
import { closeWindows, command, menu, open, read, start } from "../../../support/keys-window.ts";
import { pause, type TestTerminal } from "../../../support/terminal.ts";

const keys = suite("the keyboard is given back");
keys.after(closeWindows);

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
  const window = open(["bash", "--norc", "-i"], { env: { PS1: "$ " } });
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
  const window = open(["bash", "--norc", "-i"], { env: { PS1: "$ " } });
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
