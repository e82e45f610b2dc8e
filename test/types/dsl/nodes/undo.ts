import {
  code,
  ifCreated,
  irreversible,
  notNeeded,
  output,
  param,
  runbook,
  section,
  sh,
  step,
  text,
  undoBy,
} from "../../../../dsl/index.ts";

const back = sh`./back`;
const write = sh`./forth`;

step("action", "One", write, { undo: back });
step("list", "Two", write, { undo: [back, code(() => undefined)] });
step("not-needed", "Three", write, { undo: notNeeded("harmless") });
step("irreversible", "Four", write, { undo: irreversible("it is gone", { instead: { runbook: "a", title: "A" } }) });
step("created", "Five", write, { undo: ifCreated(back) });
step("titled", "Six", write, { undo: undoBy("Go back", back, { idempotent: true }) });

// What a step gives is known to its undo without a word about its type.
const outputs = { revision: output.integer(), name: output.text() };
step("of-outputs", "Seven", write, { outputs, undo: ({ revision }) => sh`./back ${revision}` });
step("of-outputs-list", "Eight", write, { outputs, undo: ({ revision, name }) => [sh`./back ${revision} ${name}`] });
step("of-outputs-titled", "Nine", write, {
  outputs: { before: output.text() },
  undo: ({ before }) => undoBy(text`Go back to ${before}`, sh`./back ${before}`, { idempotent: true }),
});
step("of-outputs-created", "Ten", write, { outputs, undo: ({ name }) => ifCreated(sh.destructive`rm ${name}`) });

// @ts-expect-error no such output
step("a", "A", write, { outputs, undo: ({ revison }) => sh`./back ${revison}` });
// @ts-expect-error no such output, in an undo with a title
step("b", "B", write, { outputs, undo: (o) => undoBy("Back", sh`./back ${o.revison}`) });
// @ts-expect-error words are no undo
step("c", "C", write, { undo: "./back" });
// @ts-expect-error nothing is no undo
step("d", "D", write, { undo: null });
// @ts-expect-error true is no undo
step("e", "E", write, { undo: false });
// @ts-expect-error a list holds actions only
step("f", "F", write, { undo: [notNeeded("harmless")] });
// @ts-expect-error a step is no action
step("g", "G", write, { undo: step("h", "H", back) });
// @ts-expect-error a function gives what undoes it, not that it is not needed
step("i", "I", write, { undo: () => notNeeded("harmless") });
// @ts-expect-error the reason is missing
step("j", "J", write, { undo: notNeeded() });
// @ts-expect-error the reason is missing
step("k", "K", write, { undo: irreversible() });

section("covered", "Covered", { undo: undoBy("Back", back) }, [step("l", "L", write)]);
// @ts-expect-error a section has no outputs
section("outputs", "Outputs", { undo: () => back }, [step("m", "M", write)]);
// @ts-expect-error nor has a runbook
runbook({ id: "n", title: "N", params: { a: param.string() }, undo: () => back }, () => []);
