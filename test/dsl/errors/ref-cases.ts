import {
  type Block,
  choose,
  compile,
  guard,
  http,
  is,
  measurement,
  minutes,
  onlyNumber,
  output,
  param,
  percent,
  repeat,
  rollback,
  runbook,
  section,
  sh,
  step,
  text,
  when,
  within,
} from "../../../dsl/index.ts";
import { bodyRefusal, type Refusal, runbookRefusal } from "../../support/load-errors.ts";

const look = () => step("look", "Look", sh.read`ls`, { outputs: { name: output.text() } });
const change = (id = "change") => step(id, "Change", sh`touch ${id}`, { undo: sh`rm ${id}`, timeout: minutes(1) });
const sample = (params: object, body: (p: never) => readonly Block[] = () => [step("look", "Look", sh.read`ls`)]) =>
  runbook({ id: "sample", title: "Sample", params: params as never }, body as never);

/** By the code, and what is wrong. */
export const refCases: Readonly<Record<string, () => Refusal>> = {
  "ref-not-placed: a step that stands nowhere": () => {
    const lost = look();
    return bodyRefusal(() => [step("use", "Use", sh.read`ls ${lost.outputs.name}`)]);
  },
  "ref-comes-later: in a command": () => {
    const later = look();
    return bodyRefusal(() => [step("use", "Use", sh.read`ls ${later.outputs.name}`), later]);
  },
  "ref-comes-later: in a condition": () => {
    const later = look();
    return bodyRefusal(() => [when(is(later.outputs.name, "a"), [change()]), later]);
  },
  "ref-comes-later: in a choice": () => {
    const later = step("look", "Look", sh.read`ls`, { outputs: { way: output.json<"a" | "b">({ enum: ["a", "b"] }) } });
    return bodyRefusal(() => [choose("way", later.outputs.way, { a: [change()], b: [change("other")] }), later]);
  },
  "ref-comes-later: in the title of a section": () => {
    const later = look();
    return bodyRefusal(() => [section("all", text`All of ${later.outputs.name}`, [later])]);
  },
  "ref-comes-later: in a folder": () => {
    const later = look();
    return bodyRefusal(() => [within({ cwd: later.outputs.name }, [change()]), later]);
  },
  "ref-comes-later: in the query of a guard": () => {
    const later = look();
    const late = measurement("late", "Late", {
      measures: "errors",
      unit: "%",
      query: sh.read`rate ${later.outputs.name}`,
      reading: onlyNumber,
    });
    return bodyRefusal(() => [
      guard("watch", "Watch", { alerts: [late.above(percent(1))], onTrip: rollback }),
      change(),
      later,
    ]);
  },
  "ref-comes-later: its own output": () => {
    const self: ReturnType<typeof look>[] = [];
    return bodyRefusal(() => {
      const one = look();
      const two = step("two", "Two", sh.read`ls`, { onFailure: step("three", "Three", sh.read`ls`) });
      self.push(one);
      return [step("first", "First", sh.read`ls`, { expect: one.outputs.name }), one, two];
    });
  },
  "ref-leaks: out of a condition": () =>
    runbookRefusal(
      sample({ quick: param.boolean() }, (p: never) => {
        const inside = look();
        return [when((p as { quick: never }).quick, [inside]), step("use", "Use", sh.read`ls ${inside.outputs.name}`)];
      }),
    ),
  "ref-leaks: without orElse": () =>
    runbookRefusal(
      sample({ quick: param.boolean() }, (p: never) => {
        const found = when((p as { quick: never }).quick, () => {
          const inside = look();
          return { body: [inside], outputs: { name: inside.outputs.name } };
        });
        return [found, step("use", "Use", sh.read`ls ${found.outputs.name as never}`)];
      }),
    ),
  "ref-leaks: from another runbook": () => {
    let leaked: unknown;
    const other = runbook({ id: "other", title: "Other", params: { host: param.string({ example: "a" }) } }, (p) => {
      leaked = p.host;
      return [step("ping", "Ping", sh.read`ping ${p.host}`)];
    });
    compile(other as never);
    return bodyRefusal(() => [step("use", "Use", sh.read`ls ${leaked as never}`)]);
  },
  "ref-leaks: of a step that failed": () =>
    bodyRefusal(() => {
      const failing = look();
      const later = step("later", "Later", sh.read`ls`, { outputs: { size: output.integer() } });
      return [
        section("all", "All", { onFailure: [step("say", "Say", sh.read`echo ${later.outputs.size}`)] }, [
          failing,
          later,
        ]),
      ];
    }),
  "ref-as-text: in a template string": () =>
    runbookRefusal(
      sample({ host: param.string() }, (p: never) => [
        step("a", `Look at ${(p as { host: string }).host}`, sh.read`ls`),
      ]),
    ),
  "ref-as-text: joined": () =>
    runbookRefusal(
      sample({ host: param.string() }, (p: never) => [step("a", [(p as { host: string }).host].join(), sh.read`ls`)]),
    ),
  "ref-in-condition: a boolean of TypeScript": () => bodyRefusal(() => [when(true as never, [look()])]),
  "ref-in-condition: no ref": () => bodyRefusal(() => [when(is("a" as never, "a"), [look()])]),
  "ref-in-condition: in a repeat": () =>
    bodyRefusal(() => [repeat("r", "R", { limit: 2 }, () => ({ body: [look()], until: false as never }))]),
  "secret-in-text: in a command": () =>
    runbookRefusal(
      sample({ token: param.secret() }, (p: never) => [
        step("a", "A", sh.read`login ${(p as { token: never }).token}`),
      ]),
    ),
  "secret-in-text: in a title": () =>
    runbookRefusal(
      sample({ token: param.secret() }, (p: never) => [
        step("a", text`Use ${(p as { token: never }).token}`, sh.read`ls`),
      ]),
    ),
  "secret-in-text: in a template string": () =>
    runbookRefusal(
      sample({ token: param.secret() }, (p: never) => [
        step("a", `Use ${(p as { token: string }).token}`, sh.read`ls`),
      ]),
    ),
  "secret-in-text: in a header": () =>
    runbookRefusal(
      sample({ token: param.secret() }, (p: never) => [
        step("a", "A", http.get("http://a", { headers: { Authorization: (p as { token: never }).token } })),
      ]),
    ),
};
