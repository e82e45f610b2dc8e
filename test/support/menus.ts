import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./attempt-fixture.ts";
import { type GuardedProject, guardedProject, guardText, writeText } from "./guarded-project.ts";
import { type LockstepTerminal, lockstepTerminal, shellTerminal } from "./lockstep-terminal.ts";
import { pause } from "./terminal.ts";

/** A menu at which a run stands in a real window, and the way there. */
export interface Menu {
  readonly blocks: string;
  readonly stepping?: boolean;
  /** From the start of the run to the menu, where more is needed than to wait. Gives the window if it is another. */
  readonly reach?: (
    window: LockstepTerminal,
    project: GuardedProject,
    open: Open,
  ) => Promise<LockstepTerminal | undefined>;
  readonly shown: RegExp;
  /** Its keys in the order of the list behind `?`. */
  readonly keys: string;
  /** What `q` ends with, and how often it takes it: in a guard's range it is told first that nobody watches. */
  readonly quit?: { readonly code: number; readonly times: number };
}

/** Runs lockstep in a window. */
type Open = (args: readonly string[]) => LockstepTerminal;

export interface AtMenu extends GuardedProject {
  readonly window: LockstepTerminal;
}

const undo = '{ undo: notNeeded("a test") }';
const slow = (command = ""): string => `: > begun; until [ -e go ]; do sleep 0.05; done${command}`;
const interruptible = `step("one", "Do one", sh\`${slow()}\`, ${undo})`;
const stops = `guard("limits", "Watch", { alerts: [errorRate.above(percent(1))], interval: seconds(0.2), onTrip: stop })`;
const doubtful = `step("one", "Do one", sh\`echo one >> effects; ${slow("; (exit 3)")}\`, { timeout: seconds(60), undo: undoBy("Take one back", sh\`echo undo-one >> effects\`) })`;
const editable = `${writeText("one")}, step("look", "Look", sh.read\`test -e found\`), ${writeText("two")}`;
const twice = { code: 3, times: 2 };

/** The menus of a run that goes as it should. */
export const everydayMenus: Readonly<Record<string, Menu>> = {
  "before a step": { blocks: writeText("one"), stepping: true, shown: /^r run · s skip/m, keys: "rsvn!eq" },
  "before a step, once something ran": {
    blocks: `${writeText("one")}, ${writeText("two")}`,
    stepping: true,
    reach: (window) => window.answer(/^1 {2}Do one[\s\S]*^r run/m, "r").then(() => undefined),
    shown: /^2 {2}Do two[\s\S]*^r run · s skip/m,
    keys: "rsvn!ebq",
  },
  "at a caution": {
    blocks: `caution("Mind"), ${writeText("one")}`,
    stepping: true,
    shown: /^c caution read/m,
    keys: "cnq",
  },
  "at a checklist": { blocks: 'checklist("gates", "Gates", ["One", "Two"])', shown: /^0 of 2/m, keys: "dxnq" },
  "at a manual step": { blocks: 'manual("call", "Call", {})', shown: /^d done/m, keys: "dxn!q" },
  "at an approval": {
    blocks: `approval("go", "Go", { by: ["anybody"] }), ${writeText("one")}`,
    shown: /^a approve/m,
    keys: "avnxq",
  },
  "at a watch": {
    blocks: 'watch("pods", "Watch", sh.read`cat rate`, { until: "level", interval: seconds(0.3) })',
    shown: /^d done/m,
    keys: "dnq",
  },
};

/** The menus of a run that does not. */
export const troubleMenus: Readonly<Record<string, Menu>> = {
  "after a failure": {
    blocks: 'step("look", "Look", sh.read`echo looked; false`)',
    shown: /^r run again/m,
    keys: "rson!q",
  },
  "after a failed expectation": {
    blocks: `${writeText("one")}, step("look", "Look", sh.read\`echo looked\`, { expect: "found" })`,
    shown: /^r run again/m,
    keys: "rsobkn!q",
  },
  "after a failure in a guard's range": {
    blocks: `${guardText()}, ${writeText("one")}, step("look", "Look", sh.read\`echo looked; false\`), ${writeText("never")}`,
    shown: /^r run again/m,
    keys: "robn!q",
    quit: { code: 4, times: 1 },
  },
  "at a write that nobody knows the end of": {
    blocks: interruptible,
    reach: async (window, { folder }) => {
      await until(() => existsSync(join(folder, "begun")));
      for (const shown of [/Ctrl-C asks first/, /again within 5s ends it/]) {
        await window.waitFor(shown);
        await pause(800);
        await window.press("ctrl-c");
      }
      await window.answer(/then type what you found:/, "\x1b");
      return undefined;
    },
    shown: /^t type what you found/m,
    keys: "t!onq",
  },
  "at a rollback that cannot decide": {
    blocks: doubtful,
    reach: async (window, { folder }) => {
      await until(() => existsSync(join(folder, "begun")));
      writeFileSync(join(folder, "go"), "");
      await window.answer(/^r run again/m, "b");
      await window.word(/type rollback and Enter/, "rollback");
      return undefined;
    },
    shown: /^u undo it · l leave it/m,
    keys: "uln!q",
  },
  "at an edited step that is done": {
    blocks: editable,
    reach: (window, project, open) => resumeEdited(window, project, open, "echo one"),
    shown: /^k keep/m,
    keys: "kgvnbq",
  },
  "at an edited runbook": {
    blocks: editable,
    reach: async (window, project, open) => {
      const again = await resumeEdited(window, project, open, "echo two");
      await again.answer(/To accept, type accept/, "\x1b");
      return again;
    },
    shown: /^t type accept/m,
    keys: "tnbq",
  },
  "at a guard that stopped the run": {
    blocks: `${stops}, ${writeText("one")}, wait("linger", "Linger", seconds(60)), ${writeText("last")}`,
    reach: async (window, project, open) => {
      await window.waitFor(/bottom 0/);
      project.rate(2);
      await window.ended();
      project.rate(0.1);
      const again = open(["resume"]);
      await again.answer(/^r start/m, "r");
      return again;
    },
    shown: /^g go on/m,
    keys: "gnbq",
  },
  "at a guard that is blind": {
    blocks: `${guardText()}, ${writeText("one")}, step("look", "Look", sh.read\`${slow()}\`), ${writeText("never")}`,
    reach: async (window, { rate }) => {
      await window.waitFor(/^guard to the end: no alert/m);
      rate("nothing");
      return undefined;
    },
    shown: /^r sample again/m,
    keys: "rknbq",
    quit: twice,
  },
  "at a gate without a number": {
    blocks: `gate("steady", "Look whether it is steady", { failIf: [errorRate.above(percent(1))], hold: seconds(60), interval: seconds(0.2) }), step("after", "After", sh.read\`echo after\`)`,
    reach: async (window, { rate }) => {
      await window.waitFor(/left of 1m 00s/);
      rate("nothing");
      return undefined;
    },
    shown: /^r sample again/m,
    keys: "rknq",
  },
};

/** Leaves the run at its failure, edits a command and resumes. */
async function resumeEdited(
  window: LockstepTerminal,
  { edit }: GuardedProject,
  open: Open,
  command: string,
): Promise<LockstepTerminal> {
  await window.answer(/^r run again/m, "q");
  await window.ended();
  edit((text) => text.replace(command, "echo edited"));
  const again = open(["resume"]);
  await again.answer(/^r start/m, "r");
  return again;
}

/** Runs up to a menu; `shell`: as somebody types it in a shell. */
export async function openMenu(
  name: string,
  { shell = false }: { readonly shell?: boolean } = {},
): Promise<AtMenu & { readonly menu: Menu }> {
  const menu = everydayMenus[name] ?? troubleMenus[name];
  if (menu === undefined) throw new Error(`no menu ${name}`);
  const project = await guardedProject(menu.blocks);
  const env = { SHELL: "/bin/sh", PS1: "$ ", PAGER: "cat" };
  const open: Open = (args) => (shell ? shellTerminal : lockstepTerminal)(project.folder, args, { env });
  const first = open(["run", "guarded", ...(menu.stepping ? ["--step"] : [])]);
  if (!menu.stepping) await first.answer(/^r start · q quit$/m, "r");
  const window = (await menu.reach?.(first, project, open)) ?? first;
  await window.waitFor(menu.shown);
  return { ...project, window, menu };
}
