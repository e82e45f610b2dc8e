import { anonymous, from } from "../../../support/blue-green-sessions.ts";
import { type LockstepTerminal, lockstepTerminal } from "../../../support/lockstep-terminal.ts";
import { createQuickstartProject } from "../../../support/quickstart-project.ts";
import type { Captures } from "./page-captures.ts";

/** The quickstart with a green that fails after the switch: it starts, waits, trips and goes back by itself. */
export async function playQuickstart(): Promise<{
  readonly window: LockstepTerminal;
  readonly captures: Captures;
  /** Ends all that was started. */
  readonly clean: () => void;
}> {
  const project = await createQuickstartProject();
  const args = ["run", "quickstart", ...project.params("faulty=yes", "watch=30s")];
  const window = lockstepTerminal(project.root, args, { rows: 24 });
  await window.waitFor(/^r start · q quit$/m);
  const start = window.scrollback();
  await window.answer(/^r start · q quit$/m, "r");
  // to the last line of the region: a frame may be read in two
  await window.waitFor(/^2[0-8]s left of 30s[\s\S]*^n note/m);
  const wait = from(window.screen(), /^4\.2 /);
  await window.ended();
  const trip = from(window.scrollback(), /^✗ GUARD TRIPPED/);
  const shown = (text: string): string => withPorts(anonymous(text), project.ports);
  return {
    window,
    captures: { "quickstart-start": shown(start), "quickstart-wait": shown(wait), "quickstart-trip": shown(trip) },
    clean: project.clean,
  };
}

function withPorts(text: string, { proxy, blue, green }: Readonly<Record<"proxy" | "blue" | "green", number>>): string {
  return text
    .replaceAll(String(proxy), "4780")
    .replaceAll(String(blue), "4781")
    .replaceAll(String(green), "4782")
    .replace(
      /^ {2}with {5}[\s\S]*?\n(?= {2}\w)/gm,
      (fact) => `  with     ${fact.slice(11).replace(/\s+/g, " ").trim()}\n`,
    )
    .replace(/^( {2}with {5}.{1,67}) (.*)\n/gm, "$1\n           $2\n");
}
