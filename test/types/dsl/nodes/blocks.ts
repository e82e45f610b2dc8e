import {
  approval,
  background,
  check,
  checklist,
  choose,
  gate,
  group,
  guard,
  http,
  include,
  irreversible,
  manual,
  measurement,
  milliseconds,
  minutes,
  note,
  notNeeded,
  onlyNumber,
  parallel,
  param,
  percent,
  quantity,
  rollback,
  runbook,
  section,
  sh,
  step,
  watch,
  when,
} from "../../../../dsl/index.ts";

const read = sh.read`look`;
const write = sh`change`;
const look = step("look", "Look", read);
const undo = notNeeded("harmless");

const rate = measurement("rate", "Rate", { measures: "errors", unit: "%", query: read, reading: onlyNumber });
// @ts-expect-error a query only looks
measurement("rate", "Rate", { measures: "errors", unit: "%", query: write, reading: onlyNumber });
// @ts-expect-error a bound has a unit
rate.above(1);
// @ts-expect-error a bound in another unit
rate.above(milliseconds(1));
// @ts-expect-error a bound in percent of something
rate.above(percent(1, "of pool"));
const jobs = measurement("jobs", "Jobs", { measures: "jobs", unit: " jobs", query: read, reading: onlyNumber });
jobs.above(quantity(5, " jobs"));
// @ts-expect-error a bound of another kind
jobs.above(quantity(5, " errors"));
// @ts-expect-error without its unit
jobs.above(quantity(5));
const load = measurement("load", "Load", { measures: "load", query: read, reading: onlyNumber });
load.above(quantity(5));
// @ts-expect-error a plain number has no unit
load.above(percent(5));

gate("gate", "Gate", { failIf: [rate.above(percent(1))], hold: minutes(5) });
// @ts-expect-error without alerts
gate("gate", "Gate", { failIf: [], hold: minutes(5) });
// @ts-expect-error without how long
gate("gate", "Gate", { failIf: [rate.above(percent(1))] });
// @ts-expect-error a measurement is no alert
gate("gate", "Gate", { failIf: [rate], hold: minutes(5) });
guard("guard", "Guard", { alerts: [rate.below(percent(1))], onTrip: rollback.all });
// @ts-expect-error without alerts
guard("guard", "Guard", { alerts: [], onTrip: rollback });
// @ts-expect-error without what happens
guard("guard", "Guard", { alerts: [rate.below(percent(1))] });

approval("go", "Go", { by: ["release-manager"], quorum: 2 });
// @ts-expect-error without by
approval("go", "Go", {});
// @ts-expect-error without anything
approval("go", "Go");
// @ts-expect-error by nobody
approval("go", "Go", { by: [] });

checklist("list", "List", ["By eye", check("By a machine", read, { expect: "ok" })]);
// @ts-expect-error a check only looks
check("By a machine", write);
// @ts-expect-error a probe only looks
step("probe", "Probe", write, { undo, probe: write });
// @ts-expect-error a probe only looks
step("probe", "Probe", write, { undo, probe: { action: http.delete("http://a"), expect: "ok" } });
step("probe", "Probe", write, { undo, probe: { action: http.get("http://a"), expect: /ok/ } });
// @ts-expect-error what is watched only looks
watch("watch", "Watch", write, { until: "it is calm" });
// @ts-expect-error without until when
watch("watch", "Watch", read, {});

section("requires", "Requires", { requires: [look, checklist("a", "A", ["b"]), manual("m", "M")] }, [look]);
// @ts-expect-error what is required only looks
section("requires", "Requires", { requires: [step("w", "W", write, { undo })] }, [look]);
// @ts-expect-error what is required only looks
runbook({ id: "r", title: "R", requires: [step("w", "W", write, { undo })] }, () => [look]);
// @ts-expect-error also by a person
section("requires", "Requires", { requires: [manual("m", "M", { effect: "write", undo })] }, [look]);
// @ts-expect-error what is required is a step
section("requires", "Requires", { requires: [section("s", "S", [look])] }, [look]);

parallel("parallel", "Parallel", [look, step("b", "B", read, { after: ["look"] })]);
// @ts-expect-error a parallel takes steps only
parallel("parallel", "Parallel", [section("s", "S", [look])]);
// @ts-expect-error a parallel takes steps only
parallel("parallel", "Parallel", [note("text")]);
// @ts-expect-error after takes ids
step("b", "B", read, { after: [look] });
group("Group", [look]);
// @ts-expect-error a group takes steps only
group("Group", [section("s", "S", [look])]);
// @ts-expect-error a body takes blocks, not actions
section("s", "S", [read]);
background("serve", "Serve", sh.read`serve`, { ready: "listening" });
// @ts-expect-error a background step says when it is ready
background("serve", "Serve", sh.read`serve`, {});

const other = runbook(
  {
    id: "other",
    title: "Other",
    params: {
      host: param.string(),
      port: param.integer({ default: 80 }),
      way: param.oneOf(["up", "down"]),
      quick: param.boolean({ default: false }),
      token: param.secret(),
    },
  },
  (p) => [
    choose("by-way", p.way, {
      up: [look],
      down: [step("d", "D", sh.destructive`rm x`, { undo: irreversible("gone") })],
    }),
    // @ts-expect-error without every choice
    choose("by-way", p.way, { up: [look] }),
    // @ts-expect-error with a choice that does not exist
    choose("by-way", p.way, { up: [look], down: [look], left: [look] }),
    // @ts-expect-error a string has no choices
    choose("by-host", p.host, { a: [look] }),
    // @ts-expect-error a number has no choices
    choose("by-port", p.port, { 80: [look] }),
    // @ts-expect-error a boolean goes to when
    choose("by-quick", p.quick, { true: [look], false: [look] }),
    when(p.quick, [look]),
    // @ts-expect-error a condition is a boolean ref or is(...)
    when(p.host, [look]),
    // @ts-expect-error a boolean of TypeScript is decided too early
    when(true, [look]),
    // @ts-expect-error no such parameter
    step("p", "P", sh.read`echo ${p.hots}`),
  ],
);

runbook(
  { id: "outer", title: "Outer", params: { host: param.string(), n: param.integer(), key: param.secret() } },
  (p) => [
    include("other", other, { host: p.host, way: "up", token: p.key }),
    include("other-port", other, { host: "a", way: "down", port: p.n, token: p.key }),
    // @ts-expect-error host is missing
    include("a", other, { way: "up", token: p.key }),
    // @ts-expect-error everything is missing
    include("b", other),
    // @ts-expect-error a ref of another type
    include("c", other, { host: p.n, way: "up", token: p.key }),
    // @ts-expect-error a value of another type
    include("d", other, { host: 3, way: "up", token: p.key }),
    // @ts-expect-error a string is not one of the choices
    include("e", other, { host: "a", way: p.host, token: p.key }),
    // @ts-expect-error a parameter that the other does not have
    include("f", other, { host: "a", way: "up", token: p.key, hots: "b" }),
    // @ts-expect-error a secret is a secret parameter, not a text
    include("g", other, { host: "a", way: "up", token: "hunter2" }),
    // @ts-expect-error a secret does not become a text
    include("h", other, { host: p.key, way: "up", token: p.key }),
    // @ts-expect-error a section is no runbook
    include("i", section("s", "S", [look])),
  ],
);
