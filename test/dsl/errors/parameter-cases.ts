import { type Block, include, output, param, runbook, sh, step } from "../../../dsl/index.ts";
import { bodyRefusal, type Refusal, runbookRefusal } from "../../support/load-errors.ts";

const look = () => step("look", "Look", sh.read`ls`, { outputs: { name: output.text() } });
const sample = (params: object, body: (p: never) => readonly Block[] = () => [step("look", "Look", sh.read`ls`)]) =>
  runbook({ id: "sample", title: "Sample", params: params as never }, body as never);

/** By the code, and what is wrong. */
export const parameterCases: Readonly<Record<string, () => Refusal>> = {
  "bad-parameter: a default that does not fit": () =>
    runbookRefusal(sample({ version: param.string({ pattern: "v\\d+", default: "1" }) })),
  "bad-parameter: an example that does not fit": () =>
    runbookRefusal(sample({ replicas: param.integer({ min: 2, example: 1 }) })),
  "bad-parameter: a pattern that is none": () => runbookRefusal(sample({ version: param.string({ pattern: "(" }) })),
  "bad-parameter: of an include": () => {
    const inner = runbook({ id: "inner", title: "Inner", params: { replicas: param.integer({ min: 1 }) } }, () => [
      look(),
    ]);
    return bodyRefusal(() => [include("inner", inner, { replicas: 0 })]);
  },
  "missing-parameter: of an include": () => {
    const inner = runbook({ id: "inner", title: "Inner", params: { replicas: param.integer() } }, () => [look()]);
    return bodyRefusal(() => [include("inner", inner, {} as never)]);
  },
};
