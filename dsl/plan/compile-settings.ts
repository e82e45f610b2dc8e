import type { Settings } from "../nodes/settings.ts";
import { refOf } from "../values/ref.ts";
import type { Text } from "../values/text.ts";
import type { Compilation } from "./compilation.ts";
import { compileEnvEntry, compileText, type User } from "./compile-values.ts";
import type { PlanSettings } from "./plan.ts";

export const noSettings: PlanSettings = { cwd: [], env: [] };

/** Settings hold inward: folders nest, variables are merged by name, the nearest wins. */
export function compileSettings(
  compilation: Compilation,
  { cwd, env = {} }: Settings,
  outer: PlanSettings,
  user: User,
): PlanSettings {
  if (cwd === undefined && Object.keys(env).length === 0) return outer;
  const own = Object.entries(env).map(([name, value]) => compileEnvEntry(compilation, name, value, user));
  const inherited = outer.env.filter(({ name }) => !Object.hasOwn(env, name));
  const folder = cwd === undefined ? [] : [compileText(compilation, folderText(cwd, user), user)];
  return { cwd: [...outer.cwd, ...folder], env: [...inherited, ...own] };
}

function folderText(cwd: NonNullable<Settings["cwd"]>, { at }: User): Text {
  const ref = refOf(cwd);
  return ref ? { node: "text", parts: [ref], at } : (cwd as string);
}
