import {
  type Block,
  background,
  is,
  not,
  notNeeded,
  output,
  parallel,
  type Runbook,
  repeat,
  runbook,
  seconds,
  section,
  sh,
  step,
  wait,
  when,
} from "../../../dsl/index.ts";

const undo = notNeeded("a test");

/** A step that appends one line; slow enough to be killed meanwhile, and with a probe, so that no kill leaves a doubt. */
function append(id: string, random: () => number) {
  const pause = (Math.floor(random() * 6) / 100).toFixed(2);
  return step(id, `Append ${id}`, sh`sleep ${pause}; echo ${id} >> effects; sleep ${pause}; echo done ${id}`, {
    undo,
    expect: "done",
    probe: sh.read`grep -qx ${id} effects`,
  });
}

/** A runbook with a bit of everything, the same for the same seed. */
export function generated(seed: number): Runbook {
  const random = createRandom(seed);
  let count = 0;
  const id = (kind: string): string => `${kind}-${++count}`;
  const makers: readonly (() => Block[])[] = [
    () => [append(id("step"), random)],
    () => [
      parallel(
        id("together"),
        "Together",
        [1, 2, 3].map(() => append(id("beside"), random)),
      ),
    ],
    () => {
      const look = step(id("look"), "Look", sh.read`echo ${random() < 0.5 ? "yes" : "no"}`, {
        outputs: { word: output.text() },
      });
      const inner = when(not(is(look.outputs.word, "maybe")), [append(id("inner"), random)]);
      return [look, when(is(look.outputs.word, "yes"), [inner, append(id("then"), random)])];
    },
    () => {
      const turn = step(id("turn"), "Turn", sh.read`echo left`, {
        outputs: { way: output.regex(/left|right/) },
      });
      return [
        turn,
        when(is(turn.outputs.way, "left"), [append(id("left"), random)]),
        when(is(turn.outputs.way, "right"), [append(id("right"), random)]),
      ];
    },
    () => {
      const name = id("pass");
      const limit = 2 + Math.floor(random() * 2);
      return [
        repeat(id("repeat"), "Repeat", { limit, every: seconds(0.01) }, () => {
          const pass = step(name, "Pass", sh`sleep 0.02; echo ${name} >> ${name}.passes; wc -l < ${name}.passes`, {
            undo,
            outputs: { passes: output.integer() },
            probe: sh.read`false`,
          });
          return { body: [pass], until: is(pass.outputs.passes, limit) };
        }),
      ];
    },
    () => [wait(id("wait"), "Wait", seconds(0.05))],
    () => {
      const name = id("served");
      return [
        section(id("section"), "Section", [
          background(id("serve"), "Serve", sh.read`echo ready; sleep 300`, { ready: "ready" }),
          append(name, random),
        ]),
      ];
    },
    () => {
      const name = id("retried");
      return [
        step(name, "Retry", sh.read`echo x >> ${name}.tries; test $(wc -l < ${name}.tries) -ge 2`, {
          retry: { attempts: 9, every: seconds(0.01) },
        }),
      ];
    },
  ];
  const blocks = Array.from({ length: 7 }, () => (makers[Math.floor(random() * makers.length)] as () => Block[])());
  return runbook({ id: "generated", title: "Generated" }, () => [...blocks.flat(), append("last", random)]) as Runbook;
}

/** mulberry32 */
export function createRandom(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
