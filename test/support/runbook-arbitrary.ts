import {
  type AnyRunbook,
  above,
  approval,
  type Block,
  background,
  caution,
  checklist,
  choose,
  code,
  gate,
  group,
  guard,
  include,
  irreversible,
  is,
  measurement,
  not,
  notNeeded,
  onlyNumber,
  orElse,
  output,
  type PlainValue,
  parallel,
  param,
  percent,
  type Ref,
  repeat,
  rollback,
  runbook,
  type Step,
  seconds,
  section,
  sh,
  step,
  text,
  undoBy,
  wait,
  watch,
  when,
  within,
} from "../../dsl/index.ts";
import type { BlockSpec, RunbookSpec, StepSpec } from "./runbook-spec.ts";

/** What a law changes beside the values. */
export interface Wording {
  /** Says the same in other words: titles, notes, examples. */
  readonly reword?: boolean;
}

const params = {
  host: param.string({ default: "example.org", example: "example.com" }),
  count: param.integer({ default: 3 }),
  quick: param.boolean({ default: false, phrase: "it is quick" }),
  way: param.oneOf(["one", "other"], { default: "one" }),
  pause: param.duration({ default: seconds(1) }),
};
type Declared = typeof params;
type Refs = Parameters<Parameters<typeof runbook<Declared>>[1]>[0];

/** What the builder knows while it walks: ids given out, and the refs that may be used where it stands. */
interface Site {
  readonly wording: Wording;
  readonly ids: { last: number };
  readonly p: Refs;
  readonly refs: readonly Ref<PlainValue>[];
}

/** The runbook that a spec stands for. Every write has a time-out, and none harms anything. */
export function createRunbook(spec: RunbookSpec, wording: Wording = {}): AnyRunbook {
  const generated = runbook(
    {
      id: "generated",
      title: said("Generated", wording),
      params,
      ...(spec.undo ? { undo: undoBy(said("Undo it all", wording), sh`true undo all`) } : {}),
      ...(spec.requires ? { requires: [step("required", said("Look first", wording), sh.read`true first`)] } : {}),
      onFailure: rollback,
    },
    (p) => createBody(spec.body, siteOf(p, wording, { last: 0 }), spec.undo),
  );
  return generated as unknown as AnyRunbook;
}

function siteOf(p: Refs, wording: Wording, ids: { last: number }): Site {
  return { wording, ids, p, refs: [p.host, p.count, p.quick, p.way, p.pause as unknown as Ref<number>] };
}

function createBody(specs: readonly BlockSpec[], site: Site, canInherit: boolean): readonly Block[] {
  const blocks: Block[] = [];
  let { refs } = site;
  for (const spec of specs) {
    const created = createBlock(spec, { ...site, refs }, canInherit);
    blocks.push(...created.blocks);
    refs = [...refs, ...created.gives];
  }
  return blocks;
}

interface Created {
  readonly blocks: readonly Block[];
  /** What certainly has a value afterwards. */
  readonly gives: readonly Ref<PlainValue>[];
}

const only = (...blocks: readonly Block[]): Created => ({ blocks, gives: [] });

function createBlock(spec: BlockSpec, site: Site, canInherit: boolean): Created {
  const { wording, p } = site;
  const id = (kind: string): string => `${kind}-${++site.ids.last}`;
  const inside = (body: readonly BlockSpec[], inherits = canInherit): readonly Block[] =>
    createBody(body, site, inherits);
  switch (spec.kind) {
    case "step":
      return placed([createStep(spec, site, canInherit)]);
    case "section": {
      const undo = spec.undo ? { undo: [sh`true undo one`, sh`true undo two`] } : {};
      return only(section(id("section"), said(spec.title, wording), undo, inside(spec.body, canInherit || spec.undo)));
    }
    case "when":
      return only(when(spec.pick % 2 === 0 ? p.quick : not(is(p.way, "one")), inside(spec.body)));
    case "long-when": {
      const found = when(p.quick, () => {
        const find = step(id("find"), said("Find", wording), sh.read`printf %s found`, {
          outputs: { it: output.text() },
        });
        return { body: [find, ...inside(spec.body)], outputs: { it: find.outputs.it } };
      });
      return { blocks: [found], gives: [orElse(found.outputs.it, p.host)] };
    }
    case "when-output": {
      const look = step(id("seen"), said("See", wording), sh.read`printf %s ${spec.pick % 2 === 0 ? "yes" : "no"}`, {
        outputs: { it: output.text() },
      });
      const holds = is(look.outputs.it, "yes");
      return only(look, when(spec.pick % 3 === 0 ? not(holds) : holds, inside(spec.body)));
    }
    case "turns": {
      const name = id("turn");
      return only(
        repeat(id("turns"), said("Turns", wording), { limit: 3 }, () => {
          const turn = step(name, said("Turn", wording), sh.read`echo x >> ${name}; wc -l < ${name}`, {
            outputs: { count: output.integer() },
          });
          const body = when(is(turn.outputs.count, 1), inside(spec.body));
          return { body: [turn, body], until: above(turn.outputs.count, 1) };
        }),
      );
    }
    case "within":
      return only(within(spec.pick % 2 === 0 ? { cwd: "." } : { env: { HOST: p.host } }, inside(spec.body)));
    case "include": {
      const inner = runbook({ id: "inner", title: said("Inner", wording), params }, (own) =>
        createBody(spec.body, siteOf(own, wording, { last: 0 }), false),
      );
      return only(
        include(id("include"), inner, spec.pick % 2 === 0 ? { host: p.host } : { quick: p.quick, way: "other" }),
      );
    }
    case "choose":
      return only(choose(id("choose"), p.way, { one: inside(spec.one), other: inside(spec.other) }));
    case "repeat":
      return only(
        repeat(id("repeat"), said(spec.title, wording), { limit: 2 }, () => {
          const last = step(id("last"), said("Look", wording), sh.read`printf 0`, {
            outputs: { left: output.integer() },
          });
          return { body: [...inside(spec.body), last], until: is(last.outputs.left, 0) };
        }),
      );
    case "group":
      return placed(steps(spec.steps, site, canInherit), (all) => group(said(spec.title, wording), all));
    case "parallel": {
      const name = id("parallel");
      return {
        ...placed(steps(spec.steps, site, canInherit), (all) => parallel(name, said(spec.title, wording), all)),
      };
    }
    case "guarded": {
      const write: StepSpec = { ...spec.step, effect: "write", undo: "own" };
      const watched = createStep(write, site, false);
      const rate = measurement(id("rate"), said("Rate", wording), {
        measures: said("errors", wording),
        unit: "%",
        query: sh.read`echo 0`,
        reading: onlyNumber,
      });
      const options = { alerts: [rate.above(percent(1))], until: watched.id, onTrip: rollback } as const;
      const { gives } = placed([watched]);
      return { blocks: [guard(id("guard"), said(spec.title, wording), options), watched], gives };
    }
    case "people":
      return only(
        checklist(id("list"), said(spec.title, wording), ["It holds"]),
        approval(id("go"), text`${said("Go", wording)} ${p.host}`, { by: ["boss"] }),
      );
    case "wait":
      return only(wait(id("wait"), said(spec.title, wording), p.pause));
    case "watch":
      return only(watch(id("watch"), said(spec.title, wording), sh.read`echo ${p.host}`, { until: "it is calm" }));
    case "code":
      return only(
        step(
          id("code"),
          said(spec.title, wording),
          code.read(({ log }) => log("ran")),
        ),
      );
    case "background":
      return only(
        section(id("section"), said(spec.title, wording), [
          background(id("serve"), said("Serve", wording), sh.read`echo ready; sleep 300`, { ready: "ready" }),
        ]),
      );
    case "gate": {
      const load = measurement(id("load"), said("Load", wording), {
        measures: "load",
        unit: "%",
        query: sh.read`echo 0`,
        reading: onlyNumber,
      });
      return only(
        gate(id("gate"), said(spec.title, wording), {
          failIf: [load.above(percent(1))],
          hold: seconds(0.02),
          interval: seconds(0.02),
        }),
      );
    }
    case "words":
      return only(caution(said(spec.text, wording)));
  }
}

function placed(all: readonly CreatedStep[], around?: (all: readonly CreatedStep[]) => Block): Created {
  return {
    blocks: around ? [around(all)] : all,
    gives: all.flatMap(({ outputs }) => Object.values(outputs) as Ref<PlainValue>[]),
  };
}

type CreatedStep = Step<Record<string, ReturnType<typeof output.text>>>;

/** Each may use what those before it give. */
function steps(specs: readonly StepSpec[], site: Site, canInherit: boolean): readonly CreatedStep[] {
  const all: CreatedStep[] = [];
  for (const spec of specs) {
    const given = all.flatMap(({ outputs }) => Object.values(outputs) as Ref<PlainValue>[]);
    all.push(createStep(spec, { ...site, refs: [...site.refs, ...given] }, canInherit));
  }
  return all;
}

function createStep(spec: StepSpec, site: Site, canInherit: boolean): CreatedStep {
  const { wording, refs } = site;
  const tag = spec.effect === "read" ? sh.read : spec.effect === "write" ? sh : sh.destructive;
  const used = spec.uses.map((use) => refs[use % refs.length] as Ref<PlainValue>);
  const id = `step-${++site.ids.last}`;
  const outputs: Record<string, ReturnType<typeof output.text>> = spec.gives
    ? { it: output.text({ example: said("an example", wording) }) }
    : {};
  return step(
    id,
    said(spec.title, wording),
    tag`printf '%s\n' ready ${spec.words} ${used[0] ?? "none"} "${used[1] ?? ""}"`,
    {
      outputs,
      ...(spec.expects ? { expect: "ready" } : {}),
      ...(spec.env ? { env: { HOST: used[0] ?? "none" } } : {}),
      ...(spec.retries > 1 ? { retry: { attempts: spec.retries, every: seconds(1) } } : {}),
      timeout: seconds(spec.seconds),
      ...undoOf(spec, canInherit, wording),
    },
  );
}

function undoOf({ undo, effect, gives }: StepSpec, canInherit: boolean, wording: Wording) {
  if (effect === "read" || (undo === "inherited" && canInherit)) return {};
  if (undo === "not-needed" && effect === "write") return { undo: notNeeded(said("it harms nothing", wording)) };
  if (undo === "irreversible") return { undo: irreversible(said("it is gone", wording)) };
  if (undo === "several") return { undo: [sh`true back`, sh`true further back`] };
  if (undo === "of-outputs" && gives)
    return {
      undo: ({ it }: { readonly [name: string]: Ref<string> }) =>
        undoBy(said("Back", wording), sh`true ${it as Ref<string>}`),
    };
  return { undo: undoBy(said("Go back", wording), sh`true back`, { idempotent: true }) };
}

function said(words: string, { reword = false }: Wording): string {
  return reword ? `${words} (as it was)` : words;
}
