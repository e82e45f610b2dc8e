import {
  type AnyRunbook,
  type Block,
  compile,
  guard,
  param,
  percent,
  type Ref,
  rollback,
  runbook,
  type Secret,
  seconds,
  sh,
  step,
  wait,
} from "../../dsl/index.ts";
import { createBlockMakers } from "./block-makers.ts";
import type { Fact, Facts, SectionFact, Story, TimeFact } from "./facts.ts";
import { createRandom } from "./random.ts";
import { createWrites, errorRate } from "./writes.ts";

const stories: readonly Story[] = ["through", "through", "through", "fails", "trips", "trips-all"];

/** The value of the secret that some runbooks have; nothing on disk may hold it. */
export const secretValue = "s3cr3t-of-the-torture";

/** A runbook with a bit of everything, the same for the same seed. */
export function tortured(seed: number): AnyRunbook {
  return generate(seed).runbook;
}

/** What is to be known of the runbook of a seed. */
export function factsOf(seed: number): Facts {
  const { runbook: made, facts } = generate(seed);
  compile(made, { root: "/" });
  return facts;
}

function generate(seed: number): { readonly runbook: AnyRunbook; readonly facts: Facts } {
  const shape = createRandom(seed);
  const story = shape.pick(stories);
  const secret = shape.chance(0.12);
  const trips = story === "trips" || story === "trips-all";
  const guarded = trips || shape.chance(0.3);
  const count = 3 + shape.below(4);
  const steps = new Map<string, Fact>();
  const sections: SectionFact[] = [];
  const times: TimeFact[] = [];

  const body = (way: Ref<"left" | "right">, token: Secret | undefined): Block[] => {
    const random = createRandom(seed + 0.5);
    const writes = createWrites(random, steps);
    const makers = createBlockMakers({ random, writes, sections, times, way, token });
    const before = Array.from({ length: count }, () => makers.any(false)).flat();
    const inRange = guarded ? Array.from({ length: 1 + random.below(3) }, () => makers.any(true)).flat() : [];
    const tripping = [
      writes.write("trip", { guarded: true, first: sh`echo 5 > rate` }),
      ...makers.overtaken(),
      wait("linger", "Linger", seconds(600)),
      writes.write("never", { guarded: true }),
    ];
    const last = [
      ...(guarded ? [writes.write("until", { guarded: true })] : []),
      writes.write("last", { guarded: false }),
      ...(story === "fails" ? [step("fail", "Fail", sh.read`false`, { onFailure: rollback })] : []),
    ];
    const watched = guarded ? [watch(story), ...inRange, ...makers.blinding()] : [];
    return [...before, ...watched, ...(trips ? tripping : last)];
  };

  const head = { id: "tortured", title: "Tortured" };
  const way = shape.chance(0.5) ? "left" : "right";
  const params = { way: param.oneOf(["left", "right"], { default: way }) };
  const made = secret
    ? runbook({ ...head, params: { ...params, token: param.secret() } }, (p) => body(p.way, p.token))
    : runbook({ ...head, params }, (p) => body(p.way, undefined));
  return { runbook: made as AnyRunbook, facts: { story, steps, sections, times, secret } };
}

function watch(story: Story): Block {
  const trips = story === "trips" || story === "trips-all";
  return guard("rates", "Watch the rate", {
    alerts: [errorRate.above(percent(1))],
    onTrip: story === "trips-all" ? rollback.all : rollback,
    interval: seconds(0.1),
    ...(trips ? {} : { until: "until" }),
  });
}
