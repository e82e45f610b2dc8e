import { LockstepError } from "../errors/lockstep-error.ts";
import { didYouMean } from "../errors/nearest.ts";
import type { CallSite } from "../errors/source-position.ts";
import { describeValue } from "./describe-value.ts";
import { settingExamples } from "./setting-examples.ts";
import { type SettingKindName, settingKinds } from "./setting-kinds.ts";

/** The kind of every setting of `O`; a setting that must be there has a `!`. One that is forgotten does not compile. */
export type SettingTable<O> = {
  readonly [K in keyof O]-?: Record<never, never> extends Pick<O, K> ? SettingKindName : `${SettingKindName}!`;
};

/** The settings that something takes, ready to be compared with what an author gives. */
export interface Settable<O> {
  readonly kinds: ReadonlyMap<string, SettingKindName>;
  readonly required: readonly string[];
  /** Only for the types. */
  readonly of?: (settings: O) => void;
}

/** Prepares a table, once for all that will be checked by it. */
export function defineSettings<O>(table: SettingTable<O>): Settable<O> {
  const entries = Object.entries<string>(table);
  return {
    kinds: new Map(entries.map(([name, kind]) => [name, kind.replace("!", "") as SettingKindName])),
    required: entries.flatMap(([name, kind]) => (kind.endsWith("!") ? [name] : [])),
  };
}

/**
 * Settings are what their table says: a mistyped one would be dropped without a word, one of another type would be
 * found out in the middle of a run.
 *
 * @param what Whose they are: "step", "the retry of step".
 * @throws LockstepError `unknown-setting` or `bad-setting`, with what to write
 */
export function checkSettings<O extends object>(
  { kinds, required }: Settable<O>,
  given: O,
  what: string,
  id: unknown,
  at: CallSite,
): void {
  const owner = (): string => (typeof id === "string" && id !== "" ? `${what} ${id}` : what);
  if (describeValue(given) !== "an object") throw notSettings(given, owner(), kinds, at);
  for (const name of Object.keys(given)) {
    const kind = kinds.get(name);
    if (kind === undefined) throw unknownSetting(name, owner(), [...kinds.keys()], at);
    const value: unknown = given[name as keyof O];
    if (value !== undefined && !settingKinds[kind].fits(value)) throw wrongSetting(name, kind, value, owner(), at);
  }
  for (const name of required)
    if (given[name as keyof O] === undefined) throw missingSetting(name, kinds.get(name) ?? "any", owner(), at);
}

function unknownSetting(name: string, owner: string, known: readonly string[], at: CallSite): LockstepError {
  return new LockstepError({
    code: "unknown-setting",
    message: `${owner} has no setting ${name}`,
    hint: didYouMean(name, known, `It has ${known.join(", ")}`),
    at,
  });
}

function wrongSetting(name: string, kind: SettingKindName, value: unknown, owner: string, at: CallSite): LockstepError {
  const said = describeValue(value);
  return new LockstepError({
    code: "bad-setting",
    message: `${name} of ${owner} must be ${settingKinds[kind].wanted}${said === "an object" ? "" : `, not ${said}`}`,
    hint: `Write ${name}: ${settingKinds[kind].write(value) ?? settingExamples[name] ?? "..."}`,
    at,
  });
}

function missingSetting(name: string, kind: SettingKindName, owner: string, at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message: `${owner} needs ${name}`,
    hint: `Write ${name}: ${settingExamples[name] ?? settingKinds[kind].write(undefined) ?? "..."}`,
    at,
  });
}

/** An undo or a time-out where the settings should be. */
function notSettings(
  given: unknown,
  owner: string,
  kinds: ReadonlyMap<string, SettingKindName>,
  at: CallSite,
): LockstepError {
  const said = describeValue(given);
  const name = said === "an undo" || said === "an action" ? "undo" : said === "a length of time" ? "timeout" : "";
  const setting = kinds.has(name) ? name : ([...kinds.keys()].find((key) => settingExamples[key]) ?? "");
  return new LockstepError({
    code: "bad-setting",
    message: `the settings of ${owner} must be an object, not ${said}`,
    hint: `Write them by name: { ${setting}: ${settingExamples[setting] ?? "..."} }`,
    at,
  });
}
