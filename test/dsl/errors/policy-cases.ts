import {
  type Action,
  environment,
  notNeeded,
  output,
  type Policy,
  param,
  runbook,
  section,
  sh,
  step,
} from "../../../dsl/index.ts";
import { kubectl } from "../../../dsl/kubernetes/index.ts";
import { type Refusal, refusalOf, runbookRefusal } from "../../support/load-errors.ts";

const undo = notNeeded("a test");
const policyRefusal = (policy: unknown): Refusal =>
  refusalOf(() => environment("production", "Production", { values: {}, policy: policy as Policy }));
const hours = { from: "22:00", to: "06:00", timeZone: "Europe/Berlin" };
const windowRefusal = (more: object): Refusal => policyRefusal({ destructive: { ...hours, ...more } });

/** A step in production, where Kubernetes is only the namespace shop. */
const pinned = (action: Action<"write">): Refusal =>
  runbookRefusal(
    runbook(
      {
        id: "sample",
        title: "Sample",
        environments: [
          environment("production", "Production", { values: {}, policy: { cluster: { namespace: "shop" } } }),
        ],
      },
      () => [step("scale", "Scale", action, { undo })],
    ),
    { environment: "production" },
  );

/** By the code, and what is wrong. */
export const policyCases: Readonly<Record<string, () => Refusal>> = {
  "unknown-setting: in a policy": () => policyRefusal({ aproval: "before-writes" }),
  "bad-setting: an approval that is no rule": () => policyRefusal({ approval: "always" }),
  "bad-setting: unattended that is allowed": () => policyRefusal({ unattended: true }),
  "bad-setting: a cluster that is not named": () => policyRefusal({ cluster: {} }),
  "bad-setting: hours without a time zone": () => windowRefusal({ timeZone: undefined }),
  "bad-setting: hours of a zone that is none": () => windowRefusal({ timeZone: "Europe/Berln" }),
  "bad-setting: hours of an offset, which knows no daylight saving": () => windowRefusal({ timeZone: "+02:00" }),
  "bad-setting: hours that are none": () => windowRefusal({ from: "22 Uhr" }),
  "bad-setting: hours that never end": () => windowRefusal({ to: "22:00" }),
  "bad-setting: a day that is none": () => windowRefusal({ days: ["mondy"] }),
  "cluster-pinned: another namespace": () =>
    pinned(kubectl.scale("deployment/web", { replicas: 2, namespace: "other" })),
  "cluster-pinned: by a parameter": () =>
    runbookRefusal(
      runbook(
        {
          id: "sample",
          title: "Sample",
          params: { namespace: param.string({ default: "staging" }) },
          environments: [
            environment("production", "Production", { values: {}, policy: { cluster: { namespace: "shop" } } }),
          ],
        },
        (p) => [
          section("a", "A", [
            step("scale", "Scale", kubectl.scale("deployment/web", { replicas: 2, namespace: p.namespace }), { undo }),
          ]),
        ],
      ),
      { environment: "production" },
    ),
  "cluster-pinned: by what a step gives": () =>
    runbookRefusal(
      runbook(
        {
          id: "sample",
          title: "Sample",
          environments: [
            environment("production", "Production", { values: {}, policy: { cluster: { namespace: "shop" } } }),
          ],
        },
        () => {
          const look = step("look", "Look", sh.read`cat namespace`, { outputs: { name: output.text() } });
          return [
            look,
            step("scale", "Scale", kubectl.scale("deployment/web", { replicas: 2, namespace: look.outputs.name }), {
              undo,
            }),
          ];
        },
      ),
      { environment: "production" },
    ),
  "approval-missing: before a write": () =>
    runbookRefusal(
      runbook(
        {
          id: "sample",
          title: "Sample",
          environments: [
            environment("production", "Production", { values: {}, policy: { approval: "before-writes" } }),
          ],
        },
        () => [step("change", "Change", sh`touch changed`, { undo })],
      ),
      { environment: "production" },
    ),
};
