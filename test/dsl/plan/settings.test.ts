import { suite } from "uvu";
import * as assert from "uvu/assert";
import { include, param, runbook, section, sh, step, within } from "../../../dsl/index.ts";
import { planOf, stepOf } from "../../support/compiled.ts";

const look = (id: string, settings = {}) => step(id, "Look", sh.read`ls`, settings);
const settings = suite("settings");

const cwdOf = (plan: ReturnType<typeof planOf>, id: string) => stepOf(plan, id).settings.cwd.map(({ text }) => text);
const envOf = (plan: ReturnType<typeof planOf>, id: string) =>
  Object.fromEntries(
    stepOf(plan, id).settings.env.map((entry) => [
      entry.name,
      "value" in entry ? entry.value.text : `secret ${entry.secret}`,
    ]),
  );

settings("hold inward: folders nest, variables are merged by name, the nearest wins", () => {
  const plan = planOf(() => [
    look("outside"),
    section("s", "S", { cwd: "app", env: { MODE: "slow", USER: "root" } }, [
      look("in-section"),
      within({ cwd: "web", env: { MODE: "fast" } }, [look("in-within", { cwd: "/srv", env: { LEVEL: "1" } })]),
      look("after"),
    ]),
  ]);
  assert.equal(cwdOf(plan, "outside"), []);
  assert.equal(cwdOf(plan, "in-section"), ["app"]);
  assert.equal(cwdOf(plan, "in-within"), ["app", "web", "/srv"]);
  assert.equal(cwdOf(plan, "after"), ["app"]);
  assert.equal(envOf(plan, "outside"), {});
  assert.equal(envOf(plan, "in-section"), { MODE: "slow", USER: "root" });
  assert.equal(envOf(plan, "in-within"), { MODE: "fast", USER: "root", LEVEL: "1" });
  assert.equal(envOf(plan, "after"), { MODE: "slow", USER: "root" });
});

settings("take values and secrets, and name a secret by its parameter", () => {
  const plan = planOf(
    (p) => [within({ cwd: p.folder, env: { HOST: p.host, TOKEN: p.token } }, [look("a", { stdin: p.token })])],
    {
      params: { folder: param.string({ default: "a b" }), host: param.string({ default: "h" }), token: param.secret() },
    },
  );
  assert.equal(cwdOf(plan, "a"), ["a b"]);
  assert.equal(envOf(plan, "a"), { HOST: "h", TOKEN: "secret token" });
  assert.equal(stepOf(plan, "a").stdin, { secret: "token" });
  const [block] = plan.body;
  assert.is(block?.block === "within" && block.cd?.text, "cd 'a b'");
});

settings("of a within print cd only where it names a folder, and its own variables only", () => {
  const plan = planOf(() => [within({ env: { MODE: "a" } }, [within({ cwd: "x" }, [look("a")])])]);
  const [outer] = plan.body;
  assert.ok(outer?.block === "within");
  assert.is(outer.cd, undefined);
  assert.equal(
    outer.env.map(({ name }) => name),
    ["MODE"],
  );
  const [inner] = outer.body;
  assert.ok(inner?.block === "within");
  assert.is(inner.cd?.text, "cd x");
  assert.equal(inner.env, []);
});

settings("reach into an include, and out of nothing", () => {
  const inner = runbook({ id: "inner", title: "Inner" }, () => [look("a", { env: { LEVEL: "2" } })]);
  const plan = planOf(() => [within({ cwd: "app", env: { MODE: "a" } }, [include("inner", inner)]), look("b")]);
  assert.equal([cwdOf(plan, "inner/a"), envOf(plan, "inner/a")], [["app"], { MODE: "a", LEVEL: "2" }]);
  assert.equal([cwdOf(plan, "b"), envOf(plan, "b")], [[], {}]);
});

settings.run();
