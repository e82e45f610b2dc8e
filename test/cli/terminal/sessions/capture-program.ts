import { closeTerminals } from "../../../support/lockstep-terminal.ts";
import { writeOnPage } from "./page-captures.ts";
import { playQuickstart } from "./quickstart-session.ts";
import { type Played, playFailure, playKilled, playLooks, playPlain, playStepByStep, playTrip } from "./sessions.ts";

const sessions: Readonly<Record<string, () => Promise<Pick<Played, "captures"> & { readonly clean?: () => void }>>> = {
  quickstart: () => playQuickstart(),
  "step-by-step": () => playStepByStep(),
  trip: () => playTrip(),
  failure: () => playFailure(),
  probed: () => playKilled({ probe: true }),
  unknown: () => playKilled({ probe: false }),
  plain: () => playPlain(),
  narrow: () => playLooks("narrow", { columns: 40 }),
  ascii: () => playLooks("ascii", { flags: ["--ascii"], env: { NO_COLOR: "1" } }),
};

/** Plays these, or all, and writes what they show into docs/terminal.md. */
export async function main(names: readonly string[]): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(sessions)) {
    const play = sessions[name];
    if (play === undefined) throw new Error(`no session ${name}; there are ${Object.keys(sessions).join(", ")}`);
    const { captures, clean } = await play();
    closeTerminals();
    clean?.();
    const missing = writeOnPage(captures);
    console.log(`${name}: ${Object.keys(captures).join(", ")}`);
    for (const capture of missing) console.log(`not on the page, ${capture}:\n${captures[capture]}\n`);
  }
}
