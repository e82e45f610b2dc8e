import type { RunEvent } from "../../../runners/events/run-event.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** Says in the title of the tab what a run does, where that changes. Questions say so themselves. */
export function updateTitle(ui: TerminalUi, event: RunEvent): void {
  const word = titleWord(ui, event);
  if (word !== undefined) setTitle(ui, word);
}

/** "asks 3.1 · production-blue-green · prod-eu". */
export function setTitle({ screen, plan, place }: TerminalUi, word: string): void {
  const where = place.cluster?.name === undefined ? [] : [place.cluster.name];
  screen.setTitle([word, plan.id, ...where].join(screen.style.marks.separator));
}

function titleWord({ facts }: TerminalUi, event: RunEvent): string | undefined {
  // while it goes back the trip is what matters
  if (facts.trip !== undefined && event.type !== "guard-tripped" && event.type !== "stopped") return undefined;
  switch (event.type) {
    case "started":
      if (facts.stepOf(event.step)?.execution === "person") return undefined;
      return event.kind === "wait" || event.kind === "gate" ? `${event.number} waits` : `${event.number} runs`;
    case "finished":
      if (event.outcome !== "failed") return undefined;
      return `FAILED ${facts.stepOf(event.step)?.number ?? event.step}`;
    case "guard-tripped":
      return "GUARD TRIPPED";
    case "stopped":
      return event.reason === "rollback-failed" ? "NOT ROLLED BACK" : undefined;
    default:
      return undefined;
  }
}
