import { existsSync } from "node:fs";
import { join } from "node:path";
import { until } from "../../../support/attempt-fixture.ts";
import {
  anonymous,
  approve,
  type BlueGreenSession,
  from,
  menuOf,
  openBlueGreen,
  runStep,
  type SessionOptions,
  switchTraffic,
  tickGates,
  upTo,
} from "../../../support/blue-green-sessions.ts";
import { killAttempts } from "../../../support/kill-attempts.ts";
import type { LockstepTerminal } from "../../../support/lockstep-terminal.ts";
import type { Captures } from "./page-captures.ts";

/** What was played, and what was seen of it. */
export interface Played {
  readonly session: BlueGreenSession;
  /** The last window. */
  readonly window: LockstepTerminal;
  readonly captures: Captures;
}

/** From the first question to the end, step by step. */
export async function playStepByStep(options: SessionOptions = {}): Promise<Played> {
  const session = await openBlueGreen({ flags: ["--step"], ...options });
  const { window } = session;
  const seen: Record<string, string> = {};
  for (const item of [1, 2, 3]) await window.answer(new RegExp(`^${item - 1} of 8`, "m"), `${item}`);
  await window.waitFor(/^3 of 8/m);
  seen["start"] = window.scrollback();
  await tickGates(window, 4);
  await runStep(window, "0.2");
  await runStep(window, "0.3");
  await window.answer(menuOf("1.1"), "?");
  await window.waitFor(/Enter answers nothing here/);
  seen["keys"] = from(window.screen(), /^── Phase 1/);
  await window.type("\x1b");
  await window.waitFor(/^kubectl apply -f k8s\/production\/namespace-green\.yaml\n\nr run/m);
  seen["write"] = from(window.screen(), /^0\.3 /);
  for (const number of ["1.1", "1.2", "1.3", "1.5", "1.6", "2.1", "2.2", "2.5"]) await runStep(window, number);
  await window.answer(/^a approve/m, "a");
  await window.word(/^To approve, type approve/m, "approv");
  await window.waitFor(/^"approv" is not "approve"/m);
  seen["approval"] = from(window.screen(), /^3\.1 /);
  await window.word(/^To approve, type approve/m, "approve");
  await window.answer(/^c caution read/m, "c");
  await runStep(window, "3.2");
  await window.waitFor(menuOf("3.3"));
  await window.waitFor(/^guard to 4\.2: no alert; nearest Memory usage/m);
  seen["switch"] = from(window.scrollback(), /^┃ CAUTION {2}From here/);
  await runStep(window, "3.3");
  await window.answer(/^ *\S+ +\d+m[\s\S]*^d done/m, "d");
  await runStep(window, "3.4");
  await window.answer(menuOf("4.1"), "r");
  // to the last line of the region: a frame may be read in two
  await window.waitFor(/^[45]s left of[\s\S]*^n note/m);
  seen["wait"] = from(window.screen(), /^4\.1 /);
  await window.answer(menuOf("4.2"), "r");
  await window.answer(/^c caution read/m, "c");
  await window.answer(menuOf("4.3"), "r");
  await window.waitFor(/^4\.3 cannot be undone\. To run it/m);
  seen["irreversible"] = from(window.screen(), /^┃ CAUTION/);
  await window.word(/type delete-blue and Enter/, "delete-blue");
  await window.answer(menuOf("4.4"), "r");
  await window.ended();
  seen["end"] = from(window.scrollback(), /^Done: /);
  return played(session, window, seen);
}

/** The guard trips in the middle of the wait. */
export async function playTrip(options: SessionOptions = {}): Promise<Played> {
  const session = await openBlueGreen({ ...options, wait: "seconds(60)" });
  const { window, project } = session;
  await switchTraffic(session);
  await window.answer(/^d done/m, "d");
  await window.waitFor(/^4[0-5]s left of[\s\S]*^n note/m);
  project.measure("errors", 3.4);
  await window.ended();
  return played(session, window, { trip: from(window.scrollback(), /^✗ GUARD TRIPPED/) });
}

/** A step fails, somebody leaves, and comes back. */
export async function playFailure(options: SessionOptions = {}): Promise<Played> {
  const session = await openBlueGreen({ flags: ["--step"], ...options });
  const { window, project } = session;
  project.let("rollout-fails");
  await tickGates(window);
  for (const number of ["0.2", "0.3", "1.1", "1.2", "1.3", "1.5", "1.6"]) await runStep(window, number);
  await window.waitFor(/^r run again/m);
  const failure = from(window.screen(), /^1\.6 /);
  await window.answer(/^r run again/m, "q");
  await window.ended();
  const left = from(window.scrollback(), /^Stopped at/);
  const runs = session.again("runs");
  await runs.ended();
  project.no("rollout-fails");
  const resumed = session.again("resume");
  await resumed.waitFor(menuOf("1.6"));
  const resume = resumed.scrollback();
  await resumed.answer(menuOf("1.6"), "r");
  await resumed.answer(menuOf("2.1"), "q");
  await resumed.ended();
  return played(session, resumed, { failure: `${failure}\n[...]\n${left}`, runs: runs.scrollback(), resume });
}

/** lockstep and the command of 3.2 are killed after the ingress was changed; who resumes meets a probe, or is asked. */
export async function playKilled(options: SessionOptions & { readonly probe: boolean }): Promise<Played> {
  const session = await openBlueGreen(options);
  const { window, project } = session;
  project.let("patch-hangs");
  await switchTraffic(session);
  await until(() => existsSync(join(project.folder, "state/patched")));
  window.signal("SIGKILL");
  await window.ended();
  killAttempts(project.folder);
  project.no("patch-hangs");
  const resumed = session.again("resume");
  if (options.probe) {
    await resumed.answer(/^d done/m, "d");
    await resumed.waitFor(/left of/);
    const probed = upTo(resumed.scrollback(), /^3\.3 /);
    await resumed.press("ctrl-c");
    await resumed.answer(/^Leave\?/m, "\x03");
    await resumed.ended();
    return played(session, resumed, { probed });
  }
  await resumed.waitFor(/^ {2}\(Enter\) +I have not looked/m);
  const unknown = from(resumed.scrollback(), /^3\.2 {2}Point/);
  await resumed.word(/^ {2}\(Enter\)/m, "there");
  await resumed.word(/^How did you see it/m, "kubectl get ingress shows green");
  await resumed.waitForRecord(/^✓ 3\.2 ok/m);
  await resumed.answer(/^d done/m, "d");
  await resumed.waitFor(/left of/);
  await resumed.press("ctrl-c");
  await resumed.answer(/^Leave\?/m, "\x03");
  await resumed.ended();
  return played(session, resumed, { unknown, found: upTo(from(resumed.scrollback(), /^✓ 3\.2 ok/), /^3\.3 /) });
}

/** From the caution to the wait, in a window of other looks. */
export async function playLooks(name: string, options: SessionOptions): Promise<Played> {
  const session = await openBlueGreen({ ...options, wait: "seconds(60)" });
  const { window } = session;
  await window.answer(/^r start/m, "r");
  await tickGates(window);
  await approve(window);
  await window.answer(/^d done/m, "d");
  await window.waitFor(/^5[4-7]s left[\s\S]*^n note/m);
  const shown = from(window.scrollback(), /^. CAUTION {2}From here/);
  await window.press("ctrl-c");
  await window.answer(/^Leave\?/m, "\x03");
  await window.ended();
  return played(session, window, { [name]: shown });
}

/** For a screen reader: words are typed, and nothing is redrawn. */
export async function playPlain(): Promise<Played> {
  const session = await openBlueGreen({ flags: ["--plain"], wait: "seconds(60)", rows: 40 });
  const { window } = session;
  await window.word(/^Type start/m, "start");
  for (let item = 1; item <= 8; item += 1) await window.word(new RegExp(`^Item ${item} of 8`, "m"), "holds");
  await window.word(/^Type approve, view/m, "approve");
  await window.word(/^To approve, type approve/m, "approve");
  await window.word(/^Type done/m, "done");
  await window.waitFor(/^Step 4\.1: 1 minute left\./m);
  const plain = from(window.text(), /^Caution: From here/);
  await window.press("ctrl-c");
  await window.answer(/^Leave\?/m, "\x03");
  await window.ended();
  return played(session, window, { plain });
}

function played(session: BlueGreenSession, window: LockstepTerminal, seen: Readonly<Record<string, string>>): Played {
  const captures = Object.fromEntries(Object.entries(seen).map(([name, text]) => [name, anonymous(text)]));
  return { session, window, captures };
}
