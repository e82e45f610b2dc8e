import type { CommandModule } from "./commands/command-module.ts";

/**
 * What stands for an argument: an id, of which completion offers those that fit; one of the choices that the argument
 * itself declares; a text that nobody can know.
 */
export type ArgumentKind =
  | "runbook"
  | "run"
  | "run-to-resume"
  | "run-to-undo"
  | "run-that-asks"
  | "step"
  | "step-that-asks"
  | "choice"
  | "text";

/** A command as the help names it; its code is loaded when it is used. */
export interface CommandEntry {
  readonly name: string;
  /** A kind for each argument; the last is that of all others where it may be given several times. */
  readonly takes: readonly ArgumentKind[];
  /** Its arguments, as the help shows them. */
  readonly usage: string;
  readonly summary: string;
  readonly hidden?: boolean;
  readonly load: () => Promise<{ readonly default: CommandModule }>;
}

/** All commands, in the order of the help. */
export const commandTable: readonly CommandEntry[] = [
  {
    name: "list",
    takes: [],
    usage: "",
    summary: "the runbooks of this project",
    load: () => import("./commands/list-command.ts"),
  },
  {
    name: "show",
    takes: ["runbook"],
    usage: "ID",
    summary: "a runbook's page, in the terminal",
    load: () => import("./commands/show-command.ts"),
  },
  {
    name: "docs",
    takes: ["runbook"],
    usage: "[ID...]",
    summary: "write the pages, or check that they are up to date",
    load: () => import("./commands/docs-command.ts"),
  },
  {
    name: "graph",
    takes: ["runbook"],
    usage: "ID",
    summary: "a runbook as a diagram",
    load: () => import("./commands/graph-command.ts"),
  },
  {
    name: "plan",
    takes: ["runbook"],
    usage: "ID",
    summary: "the compiled plan, with every command",
    load: () => import("./commands/plan-command.ts"),
  },
  {
    name: "run",
    takes: ["runbook"],
    usage: "ID",
    summary: "run a runbook",
    load: () => import("./commands/run-command.ts"),
  },
  {
    name: "resume",
    takes: ["run-to-resume"],
    usage: "[RUN]",
    summary: "go on with a run that stopped",
    load: () => import("./commands/resume-command.ts"),
  },
  {
    name: "rollback",
    takes: ["run-to-undo"],
    usage: "[RUN]",
    summary: "undo what a run did, newest first",
    load: () => import("./commands/rollback-command.ts"),
  },
  {
    name: "approve",
    takes: ["run-that-asks", "step-that-asks"],
    usage: "RUN [STEP]",
    summary: "answer what a run asks, from anywhere",
    load: () => import("./commands/approve-command.ts"),
  },
  {
    name: "runs",
    takes: [],
    usage: "",
    summary: "the runs of this project",
    load: () => import("./commands/runs-command.ts"),
  },
  {
    name: "log",
    takes: ["run", "step"],
    usage: "[RUN] [STEP]",
    summary: "what a run did, or what a step printed",
    load: () => import("./commands/log-command.ts"),
  },
  {
    name: "report",
    takes: ["run"],
    usage: "[RUN]",
    summary: "a run's page, filled in",
    load: () => import("./commands/report-command.ts"),
  },
  {
    name: "verify",
    takes: ["run"],
    usage: "[RUN]",
    summary: "check that a run's journal was not changed",
    load: () => import("./commands/verify-command.ts"),
  },
  {
    name: "new",
    takes: ["text"],
    usage: "ID",
    summary: "a new runbook to begin with",
    load: () => import("./commands/new-command.ts"),
  },
  {
    name: "completion",
    takes: ["choice"],
    usage: "SHELL",
    summary: "completion for bash, zsh or fish",
    load: () => import("./commands/completion-command.ts"),
  },
  {
    name: "start",
    takes: [],
    usage: "",
    summary: "see the quickstart",
    hidden: true,
    load: () => import("./commands/start-command.ts"),
  },
  {
    name: "__complete",
    takes: ["text"],
    usage: "",
    summary: "",
    hidden: true,
    load: () => import("./commands/complete-command.ts"),
  },
];
