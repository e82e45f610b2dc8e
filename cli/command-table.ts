import type { CommandModule } from "./commands/command-module.ts";

/** A command as the help names it; its code is loaded when it is used. */
export interface CommandEntry {
  readonly name: string;
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
    usage: "",
    summary: "the runbooks of this project",
    load: () => import("./commands/list-command.ts"),
  },
  {
    name: "show",
    usage: "ID",
    summary: "a runbook's page, in the terminal",
    load: () => import("./commands/show-command.ts"),
  },
  {
    name: "docs",
    usage: "[ID...]",
    summary: "write the pages, or check that they are up to date",
    load: () => import("./commands/docs-command.ts"),
  },
  { name: "graph", usage: "ID", summary: "a runbook as a diagram", load: () => import("./commands/graph-command.ts") },
  {
    name: "plan",
    usage: "ID",
    summary: "the compiled plan, with every command",
    load: () => import("./commands/plan-command.ts"),
  },
  { name: "run", usage: "ID", summary: "run a runbook", load: () => import("./commands/run-command.ts") },
  {
    name: "resume",
    usage: "[RUN]",
    summary: "go on with a run that stopped",
    load: () => import("./commands/resume-command.ts"),
  },
  {
    name: "rollback",
    usage: "[RUN]",
    summary: "undo what a run did, newest first",
    load: () => import("./commands/rollback-command.ts"),
  },
  {
    name: "approve",
    usage: "RUN [STEP]",
    summary: "answer what a run asks, from anywhere",
    load: () => import("./commands/approve-command.ts"),
  },
  { name: "runs", usage: "", summary: "the runs of this project", load: () => import("./commands/runs-command.ts") },
  {
    name: "log",
    usage: "[RUN] [STEP]",
    summary: "what a run did, or what a step printed",
    load: () => import("./commands/log-command.ts"),
  },
  {
    name: "report",
    usage: "[RUN]",
    summary: "a run's page, filled in",
    load: () => import("./commands/report-command.ts"),
  },
  {
    name: "verify",
    usage: "[RUN]",
    summary: "check that a run's journal was not changed",
    load: () => import("./commands/verify-command.ts"),
  },
  { name: "new", usage: "ID", summary: "a new runbook to begin with", load: () => import("./commands/new-command.ts") },
  {
    name: "completion",
    usage: "SHELL",
    summary: "completion for bash, zsh or fish",
    load: () => import("./commands/completion-command.ts"),
  },
  {
    name: "start",
    usage: "",
    summary: "see the quickstart",
    hidden: true,
    load: () => import("./commands/start-command.ts"),
  },
  { name: "__complete", usage: "", summary: "", hidden: true, load: () => import("./commands/complete-command.ts") },
];
