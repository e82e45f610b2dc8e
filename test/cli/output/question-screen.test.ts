import { suite } from "uvu";
import * as assert from "uvu/assert";
import { renderQuestion } from "../../../cli/output/question-screen.ts";
import {
  approval,
  compile,
  guard,
  measurement,
  minutes,
  onlyNumber,
  percent,
  rollback,
  runbook,
  sh,
  step,
  stop,
} from "../../../dsl/index.ts";
import type { Question } from "../../../runners/questions/question.ts";

const screen = suite("an approval, where it is answered from elsewhere");
const rate = measurement("rate", "Rate", { measures: "errors", unit: "%", query: sh.read`rate`, reading: onlyNumber });

function shown(onTrip: typeof rollback | typeof stop): string {
  const plan = compile(
    runbook({ id: "deploy", title: "Deploy" }, () => [
      approval("go", "Switch traffic", { by: ["release-manager"] }),
      guard("g", "Watch", { alerts: [rate.above(percent(1))], until: "look", onTrip }),
      step("switch", "Switch", sh`switch green`, { undo: sh`switch blue`, timeout: minutes(1) }),
      step("look", "Look", sh.read`look`),
    ]),
  );
  const covered = (step: string, number: string, effect: string, undo: string[]) =>
    ({ step, number, title: `Do ${step}`, effect, command: `run ${step}`, on: "here", undo }) as const;
  const question: Question = {
    id: "go#1",
    kind: "approval",
    step: "go",
    number: "1",
    title: "Switch traffic",
    procedure: { run: "7k3m", runbook: "deploy", title: "Deploy" },
    by: ["release-manager"],
    quorum: 1,
    approved: [],
    covers: [covered("switch", "2", "write", ["switch blue", "switch back"]), covered("look", "3", "read", ["none"])],
    guards: [],
    values: {},
    digest: "5f2c91d0a7b3",
  };
  return renderQuestion(question, plan);
}

screen("shows each command with its title, and with what undoes it", () => {
  assert.match(
    shown(rollback),
    "\n     2  Do switch\nrun switch\n     undo    switch blue\n             switch back\n\n     3  Do look\nrun look\n     guard ",
  );
});

screen("says what its guard does, and when", () => {
  assert.match(shown(rollback), "     guard   2 to 3: undoes what ran since 2 when a step fails, or at Rate > 1%\n");
  assert.match(shown(stop), "     guard   2 to 3: stops when a step fails, or at Rate > 1%\n");
});

screen.run();
