import { include } from "../../../../dsl/nodes/include.ts";
import { runbook } from "../../../../dsl/nodes/runbook.ts";
import { param } from "../../../../dsl/params/param.ts";

const deploy = runbook(
  {
    id: "deploy",
    title: "Deploy",
    params: {
      replicas: param.integer({ min: 1 }),
      target: param.oneOf(["blue", "green"], { default: "green" }),
      dry: param.boolean({ default: false, phrase: "it is a trial" }),
    },
  },
  () => [],
);

// What has a default may be left out by who includes the runbook.
include("deploy", deploy, { replicas: 3 });
include("deploy", deploy, { replicas: 3, target: "blue" });
// @ts-expect-error replicas has no default
include("deploy", deploy, { target: "blue" });
// @ts-expect-error replicas has no default
include("deploy", deploy);
// @ts-expect-error no such choice
include("deploy", deploy, { replicas: 3, target: "red" });
// @ts-expect-error no such parameter
include("deploy", deploy, { replicas: 3, tarqet: "blue" });

// @ts-expect-error a mistyped option
param.string({ pattren: "^v" });
// @ts-expect-error the default has the type of the parameter
param.integer({ default: "3" });
// @ts-expect-error the default is one of the choices
param.oneOf(["a", "b"], { default: "c" });
