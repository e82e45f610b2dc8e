import { openRunStore } from "../../runners/store/run-store.ts";
import { createKeys } from "../terminal/keys/create-keys.ts";
import type { Keys, MenuKey } from "../terminal/keys/keys.ts";
import { createScreen } from "../terminal/screen/create-screen.ts";
import type { Screen } from "../terminal/screen/screen.ts";
import { wrapLine } from "../terminal/screen/wrap-line.ts";
import { menuLines } from "../terminal/session/menu-lines.ts";
import { killInStep } from "./kill-in-step.ts";
import { runLockstep } from "./lockstep-child.ts";
import { type TourSight, tourSights, typedCommand } from "./tour-sights.ts";

export interface TourOptions {
  /** Folder of the project with the quickstart. */
  readonly root: string;
  /** What every run is given besides, such as `-p proxy-port=5780`. */
  readonly runOptions: readonly string[];
  readonly plain: boolean;
  readonly ascii: boolean;
}

const killed = 137;

/** Offers what there is to see until somebody has seen enough. Each is a command of its own, and shown as one types it. */
export async function takeTour({ root, runOptions, plain, ascii }: TourOptions): Promise<number> {
  const screen = createScreen({ stderr: process.stderr, env: process.env, plain, ascii });
  const keys = createKeys({ stdin: process.stdin, screen });
  const seen = new Set<string>();
  screen.print([screen.style.title("lockstep: one runbook is the page that people read, and the run of it"), ""]);
  try {
    for (;;) {
      const key = await choose(screen, keys, sightKeys, () => sightLines(screen, seen));
      if (key === undefined) return 130;
      const sight = tourSights.find((each) => each.key === key);
      if (sight === undefined) return 0;
      await show(sight);
      seen.add(key);
    }
  } finally {
    keys.close();
    screen.close();
  }

  async function show({ args, runs, say, killedIn }: TourSight): Promise<void> {
    const options = runs ? [...runOptions, ...looks()] : [];
    const known = new Set((await openRunStore(root).list()).map(({ id }) => id));
    const code = await typed([...args, ...options], say, (child) =>
      killedIn === undefined ? () => undefined : killInStep(child, root, known, killedIn),
    );
    if (killedIn !== undefined && code === killed) await resume();
  }

  /** Where it was killed its site still serves, and its journal knows all that it did. */
  async function resume(): Promise<void> {
    screen.print([
      "",
      `${screen.style.marks.failed} kill -9: lockstep is gone, in the middle of 4.1. What it had begun goes on.`,
      "",
    ]);
    const key = await choose(screen, keys, resumeKeys, () => []);
    if (key === "r") await typed(["resume", ...looks()], "It takes up what it finds, and runs nothing twice.");
    else screen.print([`Later: ${typedCommand(["resume"])}, or ${typedCommand(["rollback"])}`, ""]);
  }

  async function typed(
    args: readonly string[],
    say: string,
    whileItRuns?: Parameters<typeof runLockstep>[1],
  ): Promise<number> {
    screen.print([say]);
    screen.printCommand(`$ ${typedCommand(args)}`);
    screen.print([""]);
    const code = await screen.suspendFor(() => runLockstep(args, whileItRuns));
    screen.print([""]);
    return code;
  }

  function looks(): readonly string[] {
    return [...(plain ? ["--plain"] : []), ...(ascii ? ["--ascii"] : [])];
  }
}

const quit = { key: "q", word: "quit", help: "enough" };
const sightKeys: readonly (MenuKey & { readonly help: string })[] = [...tourSights, quit];
const resumeKeys = [{ key: "r", word: "resume", help: "go on" }, quit];

/** Undefined: Ctrl-C, or the terminal is gone. */
async function choose(
  screen: Screen,
  keys: Keys,
  entries: readonly (MenuKey & { readonly help: string })[],
  body: () => readonly string[],
): Promise<string | undefined> {
  const menu = entries.map(({ key, word = "", help }) => ({ key, word, help, shownAbove: /\d/.test(key) }));
  const lead = menu.some(({ shownAbove }) => shownAbove) ? [`${screen.style.key("1-4")} see it`] : [];
  const draw = (message: readonly string[], cause: "key" | "other"): void =>
    screen.setLive(() => [...body(), ...message, ...menuLines({ screen }, { entries: menu, lead })], cause);
  if (screen.mode === "plain") screen.print(body());
  draw([], "other");
  const answer = await keys.readKey({
    keys: entries,
    onRefused: (refusal) =>
      draw(refusal.why === "paste" ? wrapLine(refusal.say, screen.columns) : ["That key does nothing here."], "key"),
  });
  screen.setLive([]);
  return "key" in answer ? answer.key : undefined;
}

function sightLines({ style, mode, columns }: Screen, seen: ReadonlySet<string>): string[] {
  if (mode === "plain") return tourSights.map(({ word, help }) => `${word}: ${help}.`);
  const width = Math.max(...tourSights.map(({ word }) => word.length)) + 2;
  const lines = tourSights.map(({ key, word, help }) => {
    const mark = seen.has(key) ? style.ok(style.marks.ok) : " ";
    return `${mark} ${style.key(key)}  ${columns < 76 ? word : `${word.padEnd(width)}${help}`}`;
  });
  return [...lines, ""];
}
