import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  ifCreated,
  include,
  irreversible,
  notNeeded,
  output,
  runbook,
  type StepOptions,
  section,
  sh,
  step,
  text,
  undoBy,
} from "../../../dsl/index.ts";
import { kubectl } from "../../../dsl/kubernetes/index.ts";
import { planOf, stepOf } from "../../support/compiled.ts";

const write = (id: string, options: StepOptions = {}) => step(id, "Write", sh`touch a`, options);
const undo = suite("undo");

undo("is the step's own before its section's, the section's before the runbook's, and nothing is merged", () => {
  const plan = planOf(
    () => [
      write("outside"),
      section("s", "S", { undo: undoBy("Undo the section", sh`rm s`) }, [
        write("own", { undo: sh`rm own` }),
        write("covered"),
        section("t", "T", [write("deep")]),
        section("u", "U", { undo: notNeeded("it harms nothing") }, [write("harmless")]),
      ]),
    ],
    { undo: sh`rm everything` },
  );
  const commands = (id: string) => {
    const { undo: own } = stepOf(plan, id);
    return own.kind === "actions" ? own.actions.map(({ id: key, command }) => `${key}: ${command.text}`) : own;
  };
  assert.equal(commands("outside"), { kind: "covered", by: "" });
  assert.equal(commands("own"), ["undo:own.1: rm own"]);
  assert.equal(commands("covered"), { kind: "covered", by: "s" });
  assert.equal(commands("deep"), { kind: "covered", by: "s" });
  assert.equal(commands("harmless"), { kind: "not-needed", reason: "it harms nothing" });
  assert.is(plan.undo?.kind === "actions" && plan.undo.actions[0]?.id, "undo:runbook.1");
  const [, sectionPlan] = plan.body;
  assert.ok(sectionPlan?.block === "section" && sectionPlan.undo?.kind === "actions");
  assert.is(sectionPlan.undo.title.text, "Undo the section");
  assert.is(sectionPlan.undo.actions[0]?.id, "undo:section:s.1");
});

undo("of an included runbook is its own, and never that of what is around it", () => {
  const inner = runbook({ id: "inner", title: "Inner", undo: sh`rm inner` }, () => [
    write("covered"),
    write("own", { undo: sh`rm own` }),
  ]);
  const plan = planOf(() => [section("s", "S", { undo: sh`rm s` }, [include("one", inner), write("beside")])], {
    undo: sh`rm all`,
  });
  assert.equal(stepOf(plan, "one/covered").undo, { kind: "covered", by: "one" });
  assert.is(stepOf(plan, "one/own").undo.kind, "actions");
  assert.equal(stepOf(plan, "beside").undo, { kind: "covered", by: "s" });
  const [outer] = plan.body;
  const included = outer?.block === "section" ? outer.body[0] : undefined;
  assert.ok(included?.block === "include" && included.undo?.kind === "actions");
  assert.equal(
    included.undo.actions.map(({ id, command }) => [id, command.text]),
    [["undo:section:one.1", "rm inner"]],
  );
  const bare = runbook({ id: "bare", title: "Bare" }, () => [write("lost")]);
  assert.throws(
    () => planOf(() => [section("s", "S", { undo: sh`rm s` }, [include("one", bare)])], { undo: sh`rm all` }),
    /lost changes something/,
  );
});

undo("is none for a read and for people, unless it says one", () => {
  const plan = planOf(() => [step("a", "A", sh.read`ls`), step("b", "B", sh.read`ls`, { undo: sh`rm b` })], {
    undo: sh`rm all`,
  });
  assert.equal(stepOf(plan, "a").undo, { kind: "none" });
  assert.is(stepOf(plan, "b").undo.kind, "actions");
});

undo("uses what the step itself gives", () => {
  const plan = planOf(() => [
    step("scale", "Scale", sh`scale up`, {
      outputs: { before: output.integer({ example: "2" }) },
      undo: ({ before }) =>
        undoBy(text`Scale back to ${before}`, [sh`scale ${before}`, sh`check`], { idempotent: true }),
    }),
  ]);
  const { undo: own } = stepOf(plan, "scale");
  assert.ok(own.kind === "actions");
  assert.is(own.title.text, "Scale back to 2");
  assert.equal(
    own.actions.map(({ id, command }) => [id, command.text]),
    [
      ["undo:scale.1", "scale 2"],
      ["undo:scale.2", "check"],
    ],
  );
  assert.is(own.idempotent, true);
});

undo("that may not run twice is not idempotent unless it says so; what was created is deleted again and again", () => {
  const plan = planOf(() => [
    write("a", { undo: sh`rm a` }),
    step("b", "B", kubectl.apply({ file: "b.yaml" }), {
      undo: ifCreated(kubectl.delete({ file: "b.yaml", ignoreNotFound: true })),
    }),
  ]);
  const [a, b] = ["a", "b"].map((id) => stepOf(plan, id).undo);
  assert.is(a?.kind === "actions" && a.idempotent, false);
  assert.is(b?.kind === "actions" && b.idempotent, true);
  assert.is(b?.kind === "actions" && b.ifCreated?.pattern, " created$");
});

undo("that is impossible says why, and where to go instead", () => {
  const plan = planOf(() => [
    step("drop", "Drop", sh.destructive`dropdb`, {
      undo: irreversible("it is gone", {
        instead: { runbook: "restore", title: "Restore", params: { from: "backup" } },
      }),
    }),
  ]);
  assert.equal(stepOf(plan, "drop").undo, {
    kind: "irreversible",
    reason: "it is gone",
    instead: { runbook: "restore", title: "Restore", params: { from: "backup" } },
  });
});

undo("runs with the folder and the variables of its step", () => {
  const plan = planOf(() => [section("s", "S", { cwd: "app" }, [write("a", { env: { MODE: "a" }, undo: sh`rm a` })])]);
  const { undo: own, settings } = stepOf(plan, "a");
  assert.equal(own.kind === "actions" && own.actions[0]?.settings, settings);
});

undo.run();
