import {
  type AnyRunbook,
  approval,
  type Block,
  checklist,
  type GuardOptions,
  guard,
  include,
  measurement,
  notNeeded,
  onlyNumber,
  percent,
  rollback,
  runbook,
  type StepOptions,
  seconds,
  sh,
  step,
  stop,
  wait,
} from "../../../dsl/index.ts";

/** What the file `rate` says; a file that is not there brings no number. */
export const errorRate = measurement("error-rate", "Error rate", {
  measures: "what the file says",
  unit: "%",
  query: sh.read`cat rate`,
  reading: onlyNumber,
});

/** Another one, for guards that overlap. */
export const memory = measurement("memory", "Memory", {
  measures: "what the file says",
  unit: "%",
  query: sh.read`cat memory`,
  reading: onlyNumber,
});

export const undo = notNeeded("a test");

/** A write that says that it happened, and an undo that says so, too. */
export function write(id: string, options: StepOptions<never> = {}): Block {
  return step(id, `Do ${id}`, sh`echo ${id} >> effects`, {
    undo: sh`echo undo-${id} >> effects`,
    timeout: seconds(20),
    ...options,
  });
}

/** Watches the error rate ten times a second. */
export function watchRate(options: Partial<GuardOptions> = {}, id = "rates"): Block {
  return guard(id, "Watch the rate", {
    alerts: [errorRate.above(percent(1))],
    onTrip: rollback,
    interval: seconds(0.1),
    ...options,
  });
}

/** One write before the guard, then the guard, then what a test says. */
export function guarded(body: readonly Block[], options: Partial<GuardOptions> = {}): AnyRunbook {
  return runbook({ id: "guarded", title: "Guarded" }, () => [write("before"), watchRate(options), ...body]);
}

export const longWait = (): AnyRunbook =>
  guarded([write("one"), write("two"), wait("linger", "Linger", seconds(600)), write("never")]);

/** Its second undo waits for the file `go-on`. */
export const slowUndo = (): AnyRunbook =>
  guarded([
    write("one"),
    write("two", {
      undo: sh`echo undoing-two >> effects; until [ -e go-on ]; do sleep 0.02; done; echo undo-two >> effects`,
    }),
    wait("linger", "Linger", seconds(600)),
  ]);

/** The undo of the first step waits for the file `go-on`, so that there is a time after the first of two undo actions. */
export const slowSecondUndo = (): AnyRunbook =>
  guarded([
    write("one", {
      undo: [sh`echo undo-one-a >> effects`, sh`until [ -e go-on ]; do sleep 0.02; done; echo undo-one-b >> effects`],
    }),
    write("two"),
    wait("linger", "Linger", seconds(600)),
  ]);

/** A write that runs until the file `go-on` is there. */
export const slowWrite = (): AnyRunbook =>
  guarded([
    write("one"),
    step(
      "slow",
      "Take long",
      sh`echo slow-begins >> effects; until [ -e go-on ]; do sleep 0.02; done; echo slow-ends >> effects`,
      {
        undo: sh`echo undo-slow >> effects`,
        timeout: seconds(60),
      },
    ),
    write("never"),
  ]);

export const slowWriteThatMayBeInterrupted = (): AnyRunbook =>
  guarded([
    write("one"),
    step("slow", "Take long", sh`echo slow-begins >> effects; sleep 300; echo slow-ends >> effects`, {
      undo: rollbackOnce,
      timeout: seconds(600),
      interruptible: true,
    }),
  ]);

const rollbackOnce = sh`echo undo-slow >> effects`;

export const slowRead = (): AnyRunbook =>
  guarded([
    write("one"),
    step("look", "Look for long", sh.read`(sleep 300 & echo $! > grandchild; sleep 300)`),
    write("never"),
  ]);

export const asking = (deadline = 60): AnyRunbook =>
  guarded([
    write("one"),
    checklist("look", "Look at it", ["Users are served"], { deadline: seconds(deadline) }),
    write("two"),
  ]);

export const approving = (): AnyRunbook =>
  guarded([write("one"), approval("go", "Go on", { by: ["release-manager"], deadline: seconds(60) }), write("two")]);

export const stopping = (): AnyRunbook =>
  guarded([write("one"), wait("linger", "Linger", seconds(1)), write("two")], { onTrip: stop });

const goBack = runbook({ id: "go-back", title: "Go back" }, () => [
  step("blue", "Back to blue", sh`echo blue >> effects`, { undo }),
  step("tell", "Tell them", sh`until [ -e go-on ]; do sleep 0.02; done; echo told >> effects`, { undo }),
]);

export const including = (): AnyRunbook =>
  guarded([write("one"), wait("linger", "Linger", seconds(600))], { onTrip: include("back", goBack, {}) });

export const blindable = (length = 1): AnyRunbook =>
  guarded([write("one"), wait("linger", "Linger", seconds(length)), write("two")], { blindAfter: 2 });
