import type { Engine } from "../engine/engine.ts";
import type { Actor } from "../events/run-event.ts";

/** "alice"; "bo from bastion1" where that is not the machine that runs it. */
export function personText({ by: runs }: Pick<Engine, "by">, { user, host }: Actor): string {
  return host === runs.host ? user : `${user} from ${host}`;
}
