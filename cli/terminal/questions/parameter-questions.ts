import { LockstepError } from "../../../dsl/errors/lockstep-error.ts";
import type { ParamDeclaration } from "../../../dsl/params/param.ts";
import { parseParameter } from "../../../dsl/params/parse-parameter.ts";
import type { Plan } from "../../../dsl/plan/plan.ts";
import { requireMaskable } from "../../../runners/attempts/secret-forms.ts";
import { inertText } from "../../output/inert-text.ts";
import { listenToSignals } from "../../runs/signal-listener.ts";
import { createKeys } from "../keys/create-keys.ts";
import type { Keys, LineAnswer, TypedLine } from "../keys/keys.ts";
import { createScreen } from "../screen/create-screen.ts";
import type { Screen } from "../screen/screen.ts";
import { wrapLine } from "../screen/wrap-line.ts";
import type { NotBegun } from "../session/terminal-session.ts";

/** A value that a run needs and nobody gave. */
export interface MissingParameter {
  readonly name: string;
  readonly flag: string;
  readonly declaration: ParamDeclaration;
}

/** The parameters of a plan that have no value; of the secrets nobody knows yet. */
export function missingIn({ parameters }: Pick<Plan, "parameters">): readonly MissingParameter[] {
  return parameters.filter(({ value, declaration }) => value === undefined && declaration.type !== "secret");
}

/**
 * Asks for values before a run, one after the other; a value is checked while it is typed, and a secret is not shown.
 * Whoever leaves, by a key or since a signal ends lockstep, has begun nothing.
 */
export async function askParameters(
  title: string,
  missing: readonly MissingParameter[],
  looks: { readonly plain?: boolean; readonly ascii?: boolean } = {},
): Promise<{ readonly values: Readonly<Record<string, string>> } | NotBegun> {
  if (missing.length === 0) return { values: {} };
  const screen = createScreen({ stderr: process.stderr, env: process.env, ...looks });
  const keys = createKeys({ stdin: process.stdin, screen });
  const leaving = new AbortController();
  const stopListening = listenToSignals((name) => leaving.abort(name));
  try {
    screen.print([`${inertText(title)} needs ${missing.map(({ flag }) => flag).join(", ")}.`]);
    const values: Record<string, string> = {};
    for (const parameter of missing) {
      const value = await askUntilItFits(screen, keys, parameter, leaving.signal);
      if (value === undefined) {
        screen.print(["Nothing has begun."]);
        return { left: leaving.signal.aborted && leaving.signal.reason !== "SIGINT" ? 143 : 130 };
      }
      values[parameter.name] = value;
      screen.print([`  ${parameter.flag}=${parameter.declaration.type === "secret" ? "(secret)" : inertText(value)}`]);
    }
    return { values };
  } finally {
    stopListening();
    screen.setLive([]);
    keys.close();
    screen.close();
  }
}

async function askUntilItFits(
  screen: Screen,
  keys: Keys,
  parameter: MissingParameter,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (;;) {
    const answer = await askOnce(screen, keys, parameter, signal);
    if (!("line" in answer)) return undefined;
    const problem = problemWith(parameter, answer.line.trim());
    if (problem === undefined) return parameter.declaration.type === "secret" ? answer.line : answer.line.trim();
    screen.print([problem]);
  }
}

function askOnce(screen: Screen, keys: Keys, parameter: MissingParameter, signal: AbortSignal): Promise<LineAnswer> {
  const prompt = promptOf(parameter);
  const draw = ({ text, shown, message }: TypedLine): void => {
    const hint = text.trim() === "" ? undefined : problemWith(parameter, text.trim());
    const lines = [message ?? hint ?? "", prompt].flatMap((line) => wrapLine(line, screen.columns));
    screen.setLive([...lines, `> ${shown}`], "key");
  };
  if (parameter.declaration.type === "secret") return keys.readSecret({ prompt: `${prompt} `, onChange: draw, signal });
  return keys.readLine({ prompt: `${prompt} `, onChange: draw, signal });
}

/** "version, such as v1.2.3. Esc leaves." */
function promptOf({ flag, declaration }: MissingParameter): string {
  const meaning = declaration.meaning ?? ("phrase" in declaration ? declaration.phrase : undefined);
  return `${[flag, ...(meaning === undefined ? [] : [inertText(meaning)]), kindWords(declaration)].join(", ")}. Esc leaves.`;
}

function kindWords(declaration: ParamDeclaration): string {
  switch (declaration.type) {
    case "boolean":
      return "yes or no";
    case "oneOf":
      return declaration.choices.join(" or ");
    case "duration":
      return "such as 90s, 10m or 1h30m";
    case "secret":
      return "not shown";
    default:
      return declaration.example === undefined ? declaration.type : `such as ${declaration.example}`;
  }
}

function problemWith({ name, flag, declaration }: MissingParameter, text: string): string | undefined {
  try {
    if (declaration.type === "secret") requireMaskable({ [name]: text });
    else parseParameter(name, declaration, text);
    return undefined;
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    const { message, hint } = error;
    return inertText(hint === undefined || hint === "" ? message : `${message}. ${hint}`) || flag;
  }
}
