import { openRunStore } from "../../runners/store/run-store.ts";
import type { Attendance } from "../runs/run-output-options.ts";
import { createKeys } from "../terminal/keys/create-keys.ts";
import { createScreen } from "../terminal/screen/create-screen.ts";
import type { Screen } from "../terminal/screen/screen.ts";
import { wrapLine } from "../terminal/screen/wrap-line.ts";
import { killInStep } from "./kill-in-step.ts";
import { findKilledRun, type KilledRun } from "./killed-run.ts";
import { type LockstepChildOptions, runLockstep } from "./lockstep-child.ts";
import { askTourMenu, type TourMenu } from "./tour-menu.ts";
import { killedRunEntries, type TourSight, tourSights } from "./tour-sights.ts";

export interface TourOptions extends Pick<Attendance, "plain" | "ascii"> {
  /** Folder of the project with the quickstart. */
  readonly root: string;
  /** What every run is given besides, such as `-p proxy-port=5780`. */
  readonly runOptions: readonly string[];
}

/**
 * Offers what there is to see until somebody has seen enough. Each is a command of its own, and shown as one types it.
 * What a killed run left running is taken up first, so that nothing is left behind.
 *
 * @returns The exit code.
 */
export async function takeTour({ root, runOptions, plain, ascii }: TourOptions): Promise<number> {
  const screen = createScreen({ stderr: process.stderr, env: process.env, plain, ascii });
  const keys = createKeys({ stdin: process.stdin, screen });
  const looks = [...(plain ? ["--plain"] : []), ...(ascii ? ["--ascii"] : [])];
  const seen = new Set<string>();
  const interruption = new AbortController();
  const { signal } = interruption;
  const leave = (name: NodeJS.Signals): void => interruption.abort(name);
  process.on("SIGTERM", leave).on("SIGHUP", leave);
  screen.print([
    screen.style.title("lockstep: one runbook is the page that people read, and the run of it"),
    "Where lockstep is not installed, as here, type npx lockstep for lockstep.",
    "",
  ]);
  try {
    for (;;) {
      const killed = await findKilledRun(root);
      if (killed) tell(killed);
      const key = await askTourMenu({ screen, keys }, killed ? killedMenu : sightMenu(screen, seen), signal);
      const sight = tourSights.find((each) => each.key === key);
      if (killed) await goOn(killed.id, key);
      if (sight) await see(sight);
      if (key === undefined) return 130;
      if (key === quit.key) return 0;
    }
  } finally {
    process.off("SIGTERM", leave).off("SIGHUP", leave);
    keys.close();
    screen.close();
  }

  async function see({ key, args, runs, say, killedIn }: TourSight): Promise<void> {
    const known = new Set((await openRunStore(root).list()).map(({ id }) => id));
    screen.print([say]);
    await type([...args, ...(runs ? [...runOptions, ...looks] : [])], {
      signal,
      onStart: (child) => {
        if (killedIn !== undefined) void killInStep(child, { root, known, step: killedIn });
      },
    });
    seen.add(key);
  }

  function tell({ id, where }: KilledRun): void {
    screen.print([
      `${screen.style.marks.failed} lockstep was killed ${where} (run ${id}).`,
      "  What it had begun goes on: the site serves, and nobody watches.",
      "",
    ]);
  }

  async function goOn(run: string, key: string | undefined): Promise<void> {
    if (key === "r") screen.print(["It takes up what it finds, and runs nothing twice."]);
    if (key === "r") await type(["resume", run, ...looks], { signal });
    else if (key === "b") await type(["rollback", run, ...looks], { signal });
    // nobody stays to go on with it
    else await type(["rollback", run, "--auto"], {});
  }

  async function type(args: readonly string[], options: LockstepChildOptions): Promise<void> {
    screen.printCommand(`$ npx lockstep ${args.join(" ")}`);
    screen.print([""]);
    await screen.suspendFor(() => runLockstep(args, options));
    screen.print([""]);
  }
}

const quit = { key: "q", word: "quit", help: "enough" };
const killedMenu: TourMenu = {
  body: ["Who leaves rolls it back.", ""],
  entries: [...killedRunEntries, quit],
};

function sightMenu({ style, mode, columns }: Screen, seen: ReadonlySet<string>): TourMenu {
  const entries = [...tourSights, quit];
  const parts = [`${style.key("1-4")} see it`, `${style.key(quit.key)} ${quit.word}`];
  if (mode === "plain") return { body: tourSights.map(({ word, help }) => `${word}: ${help}.`), parts, entries };
  const width = Math.max(...tourSights.map(({ word }) => word.length)) + 2;
  const lines = tourSights.flatMap(({ key, word, help }) => {
    const mark = seen.has(key) ? style.ok(style.marks.ok) : " ";
    const text = columns < 76 ? `${word}: ${help}` : `${word.padEnd(width)}${help}`;
    return wrapLine({ text: `${mark} ${style.key(key)}  ${text}`, hang: 5 }, columns);
  });
  return { body: [...lines, ""], parts, entries };
}
