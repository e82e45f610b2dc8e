import {
  background,
  code,
  notNeeded,
  output,
  param,
  type Runbook,
  runbook,
  seconds,
  section,
  sh,
  step,
  wait,
} from "../../../dsl/index.ts";

const undo = notNeeded("a test");
const after = () => step("after", "Go on", sh`echo after >> effects`, { undo });

/** It writes, and goes on until it is let go; what it prints is captured, and used. */
export const talking = (): Runbook =>
  runbook({ id: "talking", title: "Talking" }, () => {
    const talk = step(
      "talk",
      "Talk",
      sh`echo began >> effects; echo one; echo aside >&2; until [ -e go ]; do sleep 0.02; done; echo two; seq 1 2000`,
      { undo, outputs: { said: output.regex(/one\ntwo\n1\n/), last: output.regex(/(\d+)\n$/) } },
    );
    return [talk, step("use", "Use it", sh`echo ${talk.outputs.last} >> effects`, { undo })];
  });

/** Its process is ended together with lockstep by the test, so nobody knows what became of it. */
export const doubtful = (effect: "read" | "write" = "write", probe?: string): Runbook =>
  runbook({ id: "doubtful", title: "Doubtful" }, () => [
    step(
      "doubt",
      "Do something",
      (effect === "read" ? sh.read : sh)`echo began >> effects; until [ -e go ]; do sleep 0.02; done`,
      {
        ...(effect === "read" ? {} : { undo }),
        ...(probe === undefined ? {} : { probe: { action: sh.read`bash probe.sh`, expect: "there" } }),
      },
    ),
    after(),
  ]);

/** It kills the process that records how it ends. */
export const orphaned = (): Runbook =>
  runbook({ id: "orphaned", title: "Orphaned" }, () => [
    step("orphan", "Kill the wrapper", sh`echo began >> effects; kill -9 $PPID`, { undo }),
    after(),
  ]);

export const inCode = (): Runbook =>
  runbook({ id: "in-code", title: "In code" }, () => [
    step(
      "code",
      "Do it in TypeScript",
      code(async ({ log }) => {
        log("began");
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      }),
      { undo },
    ),
    after(),
  ]);

export const waiting = (length: number): Runbook =>
  runbook({ id: "waiting", title: "Waiting" }, () => [wait("pause", "Wait", seconds(length)), after()]);

/** Something that serves while the others run. */
export const serving = (): Runbook =>
  runbook({ id: "serving", title: "Serving" }, () => [
    section("with-server", "With a server", [
      background("serve", "Serve", sh.read`echo $$ >> servers; echo ready; sleep 300`, { ready: "ready" }),
      step("use", "Use it", sh`echo use >> effects; until [ -e go ]; do sleep 0.02; done`, { undo }),
    ]),
    after(),
  ]);

/** For Ctrl-C and its kin. */
export const interruptible = (effect: "read" | "write"): Runbook =>
  runbook({ id: "interruptible", title: "Interruptible" }, () => [
    step(
      "long",
      "Take long",
      (effect === "read"
        ? sh.read
        : sh)`echo began >> effects; (sleep 300 & echo $! > grandchild; until [ -e go ]; do sleep 0.02; done; kill $!)`,
      effect === "read" ? {} : { undo },
    ),
    after(),
  ]);

/** A secret that steps get by env and stdin, and print in every way. */
export const secretive = () =>
  runbook({ id: "secretive", title: "Secretive", params: { token: param.secret() } }, (p) => [
    step("env", "By env", sh`echo "token $TOKEN"; echo "$TOKEN" >&2; sleep 0.1`, { undo, env: { TOKEN: p.token } }),
    step("stdin", "By stdin", sh`cat; until [ -e go ]; do sleep 0.02; done`, { undo, stdin: p.token }),
    after(),
  ]);
