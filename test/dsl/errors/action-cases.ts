import {
  approval,
  code,
  defineAction,
  environment,
  http,
  notNeeded,
  orElse,
  output,
  parallel,
  param,
  runbook,
  sh,
  step,
} from "../../../dsl/index.ts";
import { kubectl } from "../../../dsl/kubernetes/index.ts";
import { bodyRefusal, type Refusal, refusalOf, runbookRefusal } from "../../support/load-errors.ts";

const undo = notNeeded("a test");
const inThePod = (command: ReturnType<typeof sh>) => () => refusalOf(() => kubectl.exec.write("db-0", command));

/** By the code, and what is wrong. */
export const actionCases: Readonly<Record<string, () => Refusal>> = {
  "bad-action: a second command behind one in a pod": inThePod(sh`mkdir -p /data/x && rm -rf cache`),
  "bad-action: a pipe behind a command in a pod": inThePod(sh`pg_dump shop | gzip`),
  "bad-action: a redirection of a command in a pod": inThePod(sh`pg_dump shop > /tmp/dump`),
  "bad-action: a variable in a command in a pod": inThePod(sh`echo "$HOME"`),
  "bad-action: a pattern in a command in a pod": inThePod(sh`rm /tmp/*.log`),
  "bad-action: an assignment before a command in a pod": inThePod(sh`LANG=C date`),
  "unknown-setting: a body of a request that reads": () =>
    refusalOf(() => http.get("https://shop.example/items", { body: {} } as object)),
  "bad-setting: a schema that is none": () => refusalOf(() => output.json({ type: "intger" })),
  "bad-setting: a schema that is a word": () => refusalOf(() => output.json("string" as never)),
  "bad-setting: a pointer of an output without its slash": () =>
    refusalOf(() => output.json({ type: "string" }, { pointer: "status.phase" })),
  "bad-action: a command that does more than its kind says": () =>
    refusalOf(() =>
      defineAction({ name: "acme.look", effect: "read", command: () => sh.destructive`rm -rf x` })(undefined),
    ),
  "bad-setting: standard input of a function": () =>
    bodyRefusal(() => [
      step(
        "a",
        "A",
        code(() => undefined),
        { undo, stdin: "text" },
      ),
    ]),
  "bad-setting: a terminal of a function": () =>
    bodyRefusal(() => [
      step(
        "a",
        "A",
        code(() => undefined),
        { undo, terminal: true },
      ),
    ]),
  "empty-group: a runbook": () => bodyRefusal(() => []),
  "bad-setting: orElse of a parameter": () =>
    runbookRefusal(
      runbook({ id: "sample", title: "Sample", params: { host: param.string({ default: "a" }) } }, (p) => [
        step("a", "A", sh.read`ls ${orElse(p.host, "b")}`),
      ]),
    ),
  "approval-missing: only beside the write": () =>
    runbookRefusal(
      runbook(
        {
          id: "sample",
          title: "Sample",
          environments: [
            environment("production", "Production", { values: {}, policy: { approval: "before-writes" } }),
          ],
        },
        () => [
          parallel("both", "Both", [approval("go", "Go", { by: ["boss"] }), step("a", "A", sh`touch a`, { undo })]),
        ],
      ),
      { environment: "production" },
    ),
};
