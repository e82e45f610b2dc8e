import { hostname, userInfo } from "node:os";
import { parameterText } from "../../../dsl/params/parameter-text.ts";
import { policyWords } from "../../../dsl/policy/policy-words.ts";
import { clusterText, isSameCluster } from "../../../runners/engine/place-differences.ts";
import type { Cluster } from "../../../runners/events/run-event.ts";
import { timeText, zoneText } from "../../output/clock-text.ts";
import { inertText } from "../../output/inert-text.ts";
import type { Line } from "../screen/screen.ts";
import { factLine, sentence } from "./fact-line.ts";
import { overviewLines } from "./plan-overview.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** Labels of the facts at the start of a run. */
export const startPlace = { indent: 2, width: 9 } as const;

/**
 * What a person must know before the first question: which run, where, with what, and what it will do.
 *
 * @param part `begun` once the rest was shown before there was a run.
 */
export function startLines(ui: TerminalUi, part: "whole" | "begun"): Line[] {
  const now = new Date();
  const day = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
  const { runId } = ui.facts;
  if (part === "begun") return [fact(ui, "run", runId), journalFact(ui), ""];
  return [
    titleLine(ui),
    fact(ui, "run", `${runId === "" ? "" : `${runId}, `}${howText(ui)}, ${day} ${timeText(now)} ${zoneText(now)}`),
    ...placeFacts(ui),
    ...valueFacts(ui),
    ...(runId === "" ? [] : [journalFact(ui)]),
    ...overviewLines(ui),
    "",
  ];
}

export function titleLine({ screen: { style, mode }, plan }: TerminalUi): Line {
  const title = inertText(plan.title);
  return mode === "plain" ? sentence(title) : style.title(title);
}

/** "step by step". */
export function howText({ stepping }: TerminalUi): string {
  return stepping ? "step by step" : "stops for people";
}

/**
 * The cluster and the machine.
 *
 * @param before The cluster that the run went by so far.
 */
export function placeFacts(ui: TerminalUi, before?: Cluster): Line[] {
  const { place, root, plan } = ui;
  const { cluster, commit } = place;
  const { environment, environments } = plan;
  const { policy = {} } = environments.find(({ id }) => id === environment) ?? {};
  return [
    ...(cluster === undefined
      ? []
      : [
          fact(
            ui,
            "cluster",
            `${clusterText(cluster)}${cluster.name !== undefined && before && isSameCluster(before, cluster) ? ": as before" : ""}`,
          ),
        ]),
    ...(environment === undefined ? [] : [fact(ui, "in", environment)]),
    ...policyWords(policy).map((rule) => fact(ui, "policy", rule)),
    fact(ui, "here", `${userInfo().username}@${hostname()}:${root}${commit === undefined ? "" : `, git ${commit}`}`),
  ];
}

export function valueFacts(ui: TerminalUi): Line[] {
  const values = ui.plan.parameters.map((parameter) => `${parameter.flag}=${parameterText(parameter)}`);
  return values.length === 0 ? [] : [fact(ui, "with", values.join(", "))];
}

export function journalFact(ui: TerminalUi): Line {
  return fact(ui, "journal", `.lockstep/runs/${ui.facts.runId}/journal.ndjson`);
}

function fact(ui: TerminalUi, label: string, text: string): Line {
  return factLine(ui, label, text, startPlace);
}
