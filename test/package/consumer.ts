/** What a project that uses the package writes; lines that must not compile are marked, so the types are really there. */
export const consumer = `
import { LockstepError, notNeeded, param, runbook, section, sh, step } from "lockstep";
import * as kubernetes from "lockstep/kubernetes";
import * as render from "lockstep/render";
import * as run from "lockstep/run";
import * as testing from "lockstep/testing";
import * as rlhf from "lockstep/runbooks/rlhf-audit-trail";
// @ts-expect-error the package has no such export
import { nothingOfTheKind } from "lockstep";

export const entryPoints: readonly object[] = [kubernetes, render, run, testing, rlhf];

export const exitCode: 1 | 2 | 5 | 75 = new LockstepError({ code: "bad-argument", message: "no" }).exitCode;

export default runbook({ id: "hello", title: "Hello", params: { name: param.string() } }, (p) => [
  section("make", "Make it", [
    step("build", "Build", sh\`make build NAME=\${p.name}\`, { undo: notNeeded("nothing that runs is changed") }),
    // @ts-expect-error an undo is a decision, not a remark
    step("other", "Other", sh\`make other\`, { undo: "not needed" }),
  ]),
]);
`;
