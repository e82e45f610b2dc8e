import type { Ref, Secret, WritableRef } from "../values/ref.ts";

/** A value of an environment variable: text, a ref, or a secret. */
export type EnvValue = string | WritableRef | Secret;

/** What holds inward, the nearest first: a folder replaces the outer one, variables are merged by name. */
export interface Settings {
  /** The folder that commands run in, relative to the outer one; the page prints `cd`. */
  readonly cwd?: string | Ref<string>;
  /** Variables of the environment. */
  readonly env?: Readonly<Record<string, EnvValue>>;
}
