import { userInfo } from "node:os";
import { project } from "./lockstep-command.ts";
import { lockstepTerminal } from "./lockstep-terminal.ts";

/** Who runs the tests. */
export const me = userInfo().username;

/** What stands before a run. */
export const start = /^r start · q quit$/m;

/** A run of `people` in a window, begun: a runbook with these blocks. */
export async function openPeople(
  blocks: string,
  {
    config = "",
    files = {},
    rows = 30,
    ...options
  }: {
    readonly config?: string;
    readonly files?: Readonly<Record<string, string>>;
    readonly rows?: number;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
) {
  const names =
    "approval, ask, check, checklist, guard, manual, minutes, notNeeded, runbook, secondPerson, section, sh, step";
  const folder = await project({
    "runbooks/people.runbook.ts": `import { ${names} } from "lockstep";
export default runbook({ id: "people", title: "People" }, () => [${blocks}]);
`,
    ...(config === "" ? {} : { "lockstep.config.ts": config }),
    ...files,
  });
  const window = lockstepTerminal(folder, ["run", "people"], { rows, ...options });
  await window.answer(start, "r");
  return { folder, window };
}
