import { approval, checklist, param, runbook, sh, step, text } from "lockstep";

/** A runbook that asks people, for the examples. */
export default runbook(
  {
    id: "release",
    title: "Release",
    params: { version: param.string({ example: "v1.2.3" }) },
    requires: [checklist("ready", "Ready to release", ["Changelog written", "Tests passed"])],
  },
  (p) => [
    approval("go", text`Release ${p.version}`, { by: ["release-manager"] }),
    step("tag", "Write the version", sh`echo ${p.version} > VERSION`, { undo: sh`rm -f VERSION` }),
    step("check", "Check the version", sh.read`cat VERSION`, { expect: p.version }),
  ],
);
