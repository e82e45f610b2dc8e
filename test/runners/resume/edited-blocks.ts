import {
  approval,
  type Block,
  below,
  environment,
  guard,
  measurement,
  minutes,
  notNeeded,
  onlyNumber,
  output,
  param,
  percent,
  type RunbookOptions,
  repeat,
  rollback,
  runbook,
  type StepOptions,
  seconds,
  sh,
  step,
} from "../../../dsl/index.ts";

export const params = { fast: param.boolean({ default: true }), version: param.string({ default: "v1" }) };
export type Refs = Parameters<Parameters<typeof runbook<typeof params>>[1]>[0];
export type Body = (p: Refs) => readonly Block[];
export type Options = Partial<RunbookOptions<typeof params>>;

/** What follows the step at which the run stops. */
export const of = (body: Body, options: Options = {}) =>
  runbook({ id: "edited", title: "Edited", params, ...options }, (p) => [
    step("first", "First", sh`echo first >> effects`, { undo: sh`true` }),
    step("mend", "Fail until it is mended", sh`test -e mended`, { undo: notNeeded("a test") }),
    ...body(p),
  ]);

export const later = (options: object = {}, command = sh`echo later >> effects`, title = "Later") =>
  step("later", title, command, { undo: sh`undo it`, timeout: minutes(1), ...options } as StepOptions<never>);
export const look = (id = "look", options: object = {}) => step(id, "Look", sh.read`ls ${id}`, options);
export const one = (options: object, command?: ReturnType<typeof sh>) => () => [later(options, command)];
export const alert = (bound = 1, query = sh.read`rate`, reading = onlyNumber, title = "Rate") =>
  measurement("rate", title, { measures: "errors", unit: "%", query, reading }).above(percent(bound));
export const watched = (options: object = {}, title = "Watch"): Block =>
  guard("g", title, { alerts: [alert()], onTrip: rollback, until: "later", ...options });
export const repeated = ({ limit = 3, every = seconds(1), bound = 1, title = "Drain", more = [] as Block[] } = {}) => {
  const count = step("count", "Count", sh.read`echo 0`, { outputs: { left: output.integer() } });
  return repeat("drain", title, { limit, every }, () => ({
    body: [count, ...more],
    until: below(count.outputs.left, bound),
  }));
};
export const go = (options: object = {}, title = "Go on") =>
  approval("go", title, { by: ["release-manager"], ...options });
export const other = (undo = "undo other", title = "Other") =>
  runbook({ id: "other", title, undo: sh`echo ${undo}`, onFailure: rollback }, () => [step("do", "Do it", sh`act`)]);
export const answer = (command = "mend", undo = "unmend") =>
  step("answer", "Answer", sh`act ${command}`, { undo: sh`act ${undo}` });
export const place = (namespace: string) =>
  environment("here", "Here", { values: {}, facts: { Namespace: namespace } });

export type Edit = readonly [
  what: string,
  before: Body,
  after: Body,
  shown: readonly string[],
  options?: readonly [Options, Options],
];
