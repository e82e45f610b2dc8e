import type { MenuEntry } from "../terminal/session/menu.ts";

/** One thing that the tour shows: a command that anybody can type. */
export interface TourSight extends MenuEntry {
  /** What is typed after `lockstep`. */
  readonly args: readonly string[];
  /** Whether it runs something, and so takes the options of a run. */
  readonly runs: boolean;
  /** Id of the step in which lockstep is killed. */
  readonly killedIn?: string;
  /** What to look for, before it begins. */
  readonly say: string;
}

/** What there is to see, in the order in which it is best seen. */
export const tourSights: readonly TourSight[] = [
  {
    key: "1",
    word: "page",
    help: "the runbook as a page, to read and to copy from",
    args: ["show", "quickstart"],
    runs: false,
    say: "The page of a runbook. What runs later are the commands that stand on it.",
  },
  {
    key: "2",
    word: "deploy",
    help: "real servers, step by step, and a guard that watches",
    args: ["run", "quickstart", "--step"],
    runs: true,
    say: "r runs a step. In 4.2 look at what the guard measures: its plots fill up while the wait lasts.",
  },
  {
    key: "3",
    word: "faulty deploy",
    help: "the guard trips, and takes the visitors back",
    args: ["run", "quickstart", "-p", "faulty=yes"],
    runs: true,
    say: "r starts it; from then on you need not do anything. Some seconds after the switch green fails.",
  },
  {
    key: "4",
    word: "kill and resume",
    help: "lockstep is killed in a write, and goes on",
    args: ["run", "quickstart"],
    runs: true,
    killedIn: "to-green",
    say: "r starts it. As soon as it is in 4.1, which moves all visitors, lockstep gets a kill -9.",
  },
];

/** What can be done about a run that was killed. */
export const killedRunEntries: readonly MenuEntry[] = [
  { key: "r", word: "resume", help: "go on where it was killed" },
  { key: "b", word: "roll back", help: "undo what it did" },
];
