import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import {
  type Action,
  code,
  ifCreated,
  measurement,
  notNeeded,
  onlyNumber,
  output,
  type Step,
  seconds,
  sh,
  splice,
  step,
  type Undo,
  undoBy,
} from "../../dsl/index.ts";
import type { Fact } from "./facts.ts";
import type { Random } from "./random.ts";

/** What the file `rate` says; without it there is no number. */
export const errorRate = measurement("error-rate", "Error rate", {
  measures: "what the file says",
  unit: "%",
  query: sh.read`cat rate`,
  reading: onlyNumber,
});

export interface WriteOptions {
  /** In the range of the guard. */
  readonly guarded: boolean;
  /** Others run beside it. */
  readonly beside?: boolean;
  readonly after?: readonly string[];
  /** What it does before it appends its line. */
  readonly first?: ReturnType<typeof sh>;
  /** A section undoes it. */
  readonly covered?: boolean;
  /** It has a probe, so nobody is asked about it. */
  readonly probed?: boolean;
}

/** Makes steps that append their id to the file `effects`, and keeps what is to be known of each. */
export type Writes = ReturnType<typeof createWrites>;

export function createWrites(random: Random, facts: Map<string, Fact>) {
  /** At times so long that a lockstep dies meanwhile, and the next one finds the step alive. */
  const pause = (): string => (random.chance(0.12) ? 0.6 + random.below(16) / 10 : random.below(7) / 100).toFixed(2);
  const remember = (id: string, fact: Partial<Fact>): void => {
    facts.set(id, {
      id,
      undo: [],
      idempotent: false,
      guarded: false,
      beside: false,
      after: [],
      captured: false,
      native: false,
      ...fact,
    });
  };
  const limits = ({ guarded, after = [] }: WriteOptions) => ({
    ...(guarded ? { timeout: seconds(60) } : {}),
    ...(after.length > 0 ? { after } : {}),
  });
  const takeBack = (line: string): Action => sh`sleep ${pause()}; echo ${line} >> effects; sleep ${pause()}`;

  function undoOf(id: string): { readonly undo: Undo<never>; readonly lines: string[]; readonly idempotent: boolean } {
    const line = `undo-${id}`;
    switch (random.below(5)) {
      case 0:
        return {
          undo: [takeBack(`${line}-a`), takeBack(`${line}-b`)],
          lines: [`${line}-a`, `${line}-b`],
          idempotent: false,
        };
      case 1:
        return {
          undo: undoBy("Take it back", takeBack(line), { idempotent: true }),
          lines: [line],
          idempotent: true,
        };
      case 2:
        return { undo: ifCreated(takeBack(line)), lines: [line], idempotent: true };
      case 3:
        return { undo: notNeeded("a test"), lines: [], idempotent: false };
      default:
        return { undo: takeBack(line), lines: [line], idempotent: false };
    }
  }

  return {
    /** One line, slow enough to be killed before and after it. */
    write(id: string, options: WriteOptions): Step {
      const { guarded, beside = false, first = sh`true`, covered = false, probed = false } = options;
      const { undo, lines, idempotent } = covered ? { undo: undefined, lines: [], idempotent: false } : undoOf(id);
      remember(id, { undo: lines, idempotent, guarded, beside, after: options.after ?? [] });
      const chatter = random.below(300);
      const pauses = [pause(), pause()];
      const command = sh`${splice(first)}; echo ${id} begins; sleep ${pauses[0] ?? 0}; echo ${id} >> effects; seq 1 ${chatter} >&2; sleep ${pauses[1] ?? 0}; echo ${id} created`;
      return step(id, `Append ${id}`, command, {
        ...(undo === undefined ? {} : { undo: undo as never }),
        expect: "created",
        ...limits(options),
        ...(probed ? { probe: sh.read`grep -qx ${id} effects` } : {}),
      }) as unknown as Step;
    },
    /** It prints what a later step and its own undo need. */
    giving(id: string, options: WriteOptions) {
      remember(id, { undo: [`undo-${id}-${id}`], guarded: options.guarded, captured: true });
      return step(
        id,
        `Give ${id}`,
        sh`echo ${id} >> effects; seq 1 ${random.below(2000)}; sleep ${pause()}; seq 1 ${random.below(2000)} >&2; sleep ${pause()}; echo word ${id}`,
        {
          outputs: { word: output.regex(/word (\S+)/) },
          undo: ({ word }) => sh`echo undo-${id}-${word} >> effects`,
          ...limits(options),
        },
      );
    },
    /** It takes a line from its standard input. */
    reading(id: string, options: WriteOptions): Step {
      remember(id, { undo: [`undo-${id}`], guarded: options.guarded });
      return step(id, `Read ${id}`, sh`sleep ${pause()}; cat >> effects`, {
        stdin: `${id}\n`,
        undo: takeBack(`undo-${id}`),
        ...limits(options),
      }) as unknown as Step;
    },
    /** It fails before it does anything, and is tried again. */
    retried(id: string, options: WriteOptions): Step {
      remember(id, { undo: [`undo-${id}`], guarded: options.guarded });
      return step(
        id,
        `Try ${id}`,
        sh`echo x >> tries-${id}; test $(wc -l < tries-${id}) -ge 3; echo ${id} >> effects; sleep ${pause()}`,
        {
          undo: undoBy("Take it back", takeBack(`undo-${id}`)),
          retry: { attempts: 40, every: seconds(0.02) },
          ...limits(options),
        },
      ) as unknown as Step;
    },
    /** It runs in lockstep itself. */
    native(id: string, options: WriteOptions): Step {
      remember(id, { undo: [`undo-${id}`], guarded: options.guarded, native: true });
      const wait = random.chance(0.5) ? 300 + random.below(600) : random.below(60);
      return step(
        id,
        `Do ${id}`,
        code(async ({ cwd, log }) => {
          await delay(wait);
          appendFileSync(join(cwd, "effects"), `${id}\n`);
          log(`done ${id}`);
          await delay(wait);
        }),
        { undo: takeBack(`undo-${id}`), ...limits(options) },
      ) as unknown as Step;
    },
    /** Its output is used where the runbook goes on. */
    plain(id: string, command: Action, options: WriteOptions): Step {
      remember(id, { undo: [`undo-${id}`], guarded: options.guarded, beside: options.beside ?? false });
      return step(id, `Do ${id}`, command, { undo: takeBack(`undo-${id}`), ...limits(options) }) as unknown as Step;
    },
  };
}
