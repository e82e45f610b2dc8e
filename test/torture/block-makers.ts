import {
  approval,
  type Block,
  background,
  checklist,
  choose,
  gate,
  include,
  is,
  manual,
  not,
  output,
  parallel,
  percent,
  type Ref,
  repeat,
  runbook,
  type Secret,
  seconds,
  section,
  sh,
  step,
  wait,
  when,
} from "../../dsl/index.ts";
import type { SectionFact, TimeFact } from "./facts.ts";
import type { Random } from "./random.ts";
import { errorRate, type Writes } from "./writes.ts";

interface MakersInit {
  readonly random: Random;
  readonly writes: Writes;
  readonly sections: SectionFact[];
  readonly times: TimeFact[];
  readonly way: Ref<"left" | "right">;
  readonly token: Secret | undefined;
}

/** Makes blocks of every kind; `guarded` says that they stand in the guard's range. */
export function createBlockMakers({ random, writes, sections, times, way, token }: MakersInit) {
  let count = 0;
  const id = (kind: string): string => `${kind}-${++count}`;
  const makers: readonly ((guarded: boolean) => Block[])[] = [
    (guarded) => [writes.write(id("step"), { guarded }), writes.write(id("step"), { guarded })],
    (guarded) => {
      const [one, two, three] = [id("beside"), id("beside"), id("beside")];
      const options = { guarded, beside: true };
      const steps = [
        writes.write(one, options),
        writes.write(two, options),
        writes.write(three, { ...options, ...(random.chance(0.5) ? { after: [one] } : {}) }),
      ];
      return [parallel(id("together"), "Together", steps)];
    },
    (guarded) => {
      const look = step(id("look"), "Look", sh.read`sleep 0.03; echo ${random.chance(0.5) ? "yes" : "no"}`, {
        outputs: { word: output.text() },
      });
      const inner = when(not(is(look.outputs.word, "maybe")), [writes.write(id("inner"), { guarded })]);
      return [look, when(is(look.outputs.word, "yes"), [inner, writes.write(id("then"), { guarded })])];
    },
    (guarded) => {
      const give = writes.giving(id("give"), { guarded });
      const used = id("use");
      return [
        give,
        writes.plain(used, sh`test ${give.outputs.word} = ${give.id}; echo ${used} >> effects`, { guarded }),
      ];
    },
    (guarded) => {
      const name = id("pass");
      const limit = 2 + random.below(2);
      return [
        repeat(id("repeat"), "Repeat", { limit: limit + 1, every: seconds(0.01) }, () => {
          const pass = writes.write(name, { guarded });
          const passed = step(id("passed"), "Count", sh.read`grep -cx ${name} effects`, {
            outputs: { passes: output.integer() },
          });
          return { body: [pass, passed], until: is(passed.outputs.passes, limit) };
        }),
      ];
    },
    (guarded) => [
      choose(id("choose"), way, {
        left: [writes.write(id("left"), { guarded }), writes.write(id("left"), { guarded })],
        right: [writes.write(id("right"), { guarded })],
      }),
    ],
    () => {
      const name = id("wait");
      const length = random.chance(0.3) ? 1.5 : 0.05 + random.below(4) / 10;
      times.push({ id: name, kind: "wait", seconds: length });
      return [wait(name, "Wait", seconds(length))];
    },
    (guarded) => {
      const serve = id("serve");
      const served = [
        background(serve, "Serve", sh.read`echo $$ > pid-${serve}; echo ready; sleep 300`, { ready: "ready" }),
        writes.write(id("served"), { guarded, first: sh`kill -0 $(cat pid-${serve})` }),
      ];
      // it ends with its section, or with the run
      return random.chance(0.5) ? [section(id("section"), "Section", served)] : served;
    },
    (guarded) => [writes.retried(id("retried"), { guarded })],
    (guarded) => [writes.native(id("native"), { guarded })],
    (guarded) => [writes.reading(id("reading"), { guarded })],
    () => {
      const name = id("gate");
      times.push({ id: name, kind: "gate", seconds: 0.2 });
      return [
        gate(name, "Check the rate", {
          failIf: [errorRate.above(percent(1))],
          hold: seconds(0.2),
          interval: seconds(0.1),
          blindAfter: 20,
        }),
      ];
    },
    (guarded) => {
      const name = id("section");
      const members = [id("covered"), id("covered")];
      const line = `undo-${name}`;
      sections.push({ line, members, guarded });
      return [
        section(
          name,
          "Section",
          { undo: sh`sleep 0.02; echo ${line} >> effects` },
          members.map((member) => writes.write(member, { guarded, covered: true })),
        ),
      ];
    },
    (guarded) => {
      const other = runbook({ id: "other", title: "Other" }, () => [writes.write(id("included"), { guarded })]);
      return [include(id("include"), other)];
    },
    (guarded) => [
      writes.write(id("probed"), { guarded, probed: true }),
      approval(id("approve"), "Go on", {
        by: ["release-manager"],
        ...(guarded ? { deadline: seconds(600) } : {}),
      }),
      writes.write(id("approved"), { guarded }),
    ],
    (guarded) => [manual(id("manual"), "See to it", guarded ? { deadline: seconds(600) } : {})],
    (guarded) => [checklist(id("list"), "Look", ["It is quiet"], guarded ? { deadline: seconds(600) } : {})],
  ];
  const secretive = (guarded: boolean): Block[] =>
    token === undefined
      ? []
      : [
          step(
            id("secretive"),
            "Print the secret",
            sh.read`echo "token $TOKEN"; echo "$TOKEN" >&2; sleep 0.05; echo "$TOKEN"`,
            { env: { TOKEN: token }, ...(guarded ? { timeout: seconds(60) } : {}) },
          ),
        ];
  return {
    any: (guarded: boolean): Block[] => [
      ...random.pick(makers)(guarded),
      ...(random.chance(0.5) ? secretive(guarded) : []),
    ],
    /** Sometimes the guard loses its sight, while a step runs that takes longer than that. */
    blinding: (): Block[] =>
      random.chance(0.4)
        ? [
            writes.write(id("blinding"), { guarded: true, first: sh`mv -f rate gone || true; sleep 0.8` }),
            writes.write(id("seeing"), { guarded: true }),
          ]
        : [],
    /** More than there is time for until the guard notices. */
    overtaken: (): Block[] =>
      random.chance(0.5)
        ? Array.from({ length: 12 }, () => writes.write(id("overtaken"), { guarded: true, first: sh`sleep 0.1` }))
        : [],
  };
}
