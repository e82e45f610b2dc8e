import { captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings, type Settable } from "../settings/check-settings.ts";
import type { Duration } from "../values/duration.ts";
import type { Ref, Secret } from "../values/ref.ts";

/** Where the value of a secret comes from: the first of these that has one. Without any it is asked for. */
export interface SecretSource {
  /** Name of an environment variable. */
  readonly env?: string;
  /** Path of a file; a trailing newline is not part of the secret. */
  readonly file?: string;
  /** A command that prints it, such as `pass show deploy/token`. */
  readonly command?: string;
  /** It is asked for in a terminal, unseen, if nothing else has it. */
  readonly prompt?: true;
}

interface ParamCommon {
  /** What it means, for the table of the page. */
  readonly meaning?: string;
}

export interface StringParam extends ParamCommon {
  readonly type: "string";
  readonly pattern?: string;
  readonly default?: string;
  readonly example?: string;
}
export interface NumberParam extends ParamCommon {
  readonly type: "integer" | "number";
  readonly min?: number;
  readonly max?: number;
  readonly default?: number;
  readonly example?: number;
}
export interface BooleanParam extends ParamCommon {
  readonly type: "boolean";
  readonly default?: boolean;
  readonly example?: boolean;
  /** The condition in words, such as "the schema changes": said once, for page, terminal and table. */
  readonly phrase?: string;
}
export interface OneOfParam extends ParamCommon {
  readonly type: "oneOf";
  readonly choices: readonly string[];
  readonly default?: string;
  readonly example?: string;
}
export interface DurationParam extends ParamCommon {
  readonly type: "duration";
  readonly default?: Duration;
  readonly example?: Duration;
}
export interface SecretParam extends ParamCommon {
  readonly type: "secret";
  readonly from?: SecretSource;
}

/** A parameter as it is declared, whatever its type. */
export type ParamDeclaration = StringParam | NumberParam | BooleanParam | OneOfParam | DurationParam | SecretParam;

declare const paramValue: unique symbol;
declare const paramDefault: unique symbol;

/** A typed input of a runbook. `T` is the type of its value, `D` that of its default: undefined if it has none. */
export type Param<T, D = unknown> = ParamDeclaration & { readonly [paramValue]?: T; readonly [paramDefault]?: D };

/** The parameters of a runbook, by name. */
export type Params = Readonly<Record<string, Param<unknown>>>;

type Options<T extends ParamDeclaration, D> = Omit<T, "type" | "default"> & { readonly default?: D };

const anyText = { meaning: "string", default: "any", example: "any" } as const;
const numeric = defineSettings<Omit<NumberParam, "type">>({ ...anyText, min: "number", max: "number" });

/** The fit of a default and an example is judged when the runbook is compiled, with the name that the parameter has. */
const paramSettings = {
  string: defineSettings<Omit<StringParam, "type">>({ ...anyText, pattern: "string" }),
  integer: numeric,
  number: numeric,
  boolean: defineSettings<Omit<BooleanParam, "type">>({ ...anyText, phrase: "string" }),
  oneOf: defineSettings<Omit<OneOfParam, "type" | "choices">>(anyText),
  duration: defineSettings<Omit<DurationParam, "type">>(anyText),
  secret: defineSettings<Omit<SecretParam, "type">>({ meaning: "string", from: "object" }),
} as const;

const sourceSettings = defineSettings<SecretSource>({
  env: "string",
  file: "string",
  command: "string",
  prompt: "true",
});

/**
 * Declares a parameter of a runbook, by the type of its value.
 *
 * @example
 * params: {
 *   version: param.string({ pattern: "^v\\d+\\.\\d+\\.\\d+$", example: "v1.2.3", meaning: "The version to deploy" }),
 *   schemaChanged: param.boolean({ default: false, phrase: "the schema changes" }),
 *   token: param.secret({ from: { env: "DEPLOY_TOKEN" } }),
 * }
 */
export const param: {
  /** Text; `pattern` is a regular expression that all of it must match. */
  string<D extends string | undefined = undefined>(options?: Options<StringParam, D>): Param<string, NoInfer<D>>;
  /** A whole number. */
  integer<D extends number | undefined = undefined>(options?: Options<NumberParam, D>): Param<number, NoInfer<D>>;
  number<D extends number | undefined = undefined>(options?: Options<NumberParam, D>): Param<number, NoInfer<D>>;
  boolean<D extends boolean | undefined = undefined>(options?: Options<BooleanParam, D>): Param<boolean, NoInfer<D>>;
  /** One of a fixed set of words. */
  oneOf<const C extends readonly [string, ...string[]], D extends C[number] | undefined = undefined>(
    choices: C,
    options?: Omit<OneOfParam, "type" | "choices" | "default" | "example"> & {
      readonly default?: D;
      readonly example?: C[number];
    },
  ): Param<C[number], NoInfer<D>>;
  /** A length of time, typed by the user as `90s`, `10m`, `1h30m`; in a command it is a number of seconds. */
  duration<D extends Duration | undefined = undefined>(
    options?: Options<DurationParam, D>,
  ): Param<Duration, NoInfer<D>>;
  /** A secret: never in a command, a title, the page, the journal or a log. */
  secret(options?: Omit<SecretParam, "type">): Param<Secret, undefined>;
} = {
  string: (options = {}) => declare("string", options, param.string),
  integer: (options = {}) => declare("integer", options, param.integer),
  number: (options = {}) => declare("number", options, param.number),
  boolean: (options = {}) => declare("boolean", options, param.boolean),
  oneOf: (choices, options = {}) => declare("oneOf", options, param.oneOf, { choices }),
  duration: (options = {}) => declare("duration", options, param.duration),
  secret: (options = {}) => declare("secret", options, param.secret),
};

/** What the types know beyond the declaration stands in the signatures above. */
function declare<P>(
  type: ParamDeclaration["type"],
  options: object,
  caller: (...args: never[]) => unknown,
  more: object = {},
): P {
  const at = captureCallSite(caller);
  checkSettings(paramSettings[type] as Settable<object>, options, `param.${type}`, undefined, at);
  const from = (options as { readonly from?: SecretSource }).from;
  if (from !== undefined) checkSettings(sourceSettings, from, "from of param.secret", undefined, at);
  return Object.freeze({ type, ...more, ...options }) as P;
}

/** The type of a parameter's value. */
export type ParamValue<P> = P extends Param<infer T> ? T : never;

/** What the body of a runbook is given: a ref for each parameter. */
export type ParamRefs<P extends Params> = {
  readonly [K in keyof P]: P[K] extends Param<infer T> ? (T extends Secret ? Secret : Ref<T>) : never;
};

/** Who includes a runbook may leave out what has a default. */
type Optional<P extends Params> = {
  [K in keyof P]: P[K] extends Param<infer _, infer D>
    ? unknown extends D
      ? never
      : [D] extends [undefined]
        ? never
        : K
    : never;
}[keyof P];

/** What `include` must be given for the parameters of another runbook: values, or refs of one's own. */
export type ParamArguments<P extends Params> = {
  readonly [K in keyof P]?: ParamArgument<P[K]>;
};

type ParamArgument<P> = P extends Param<infer T> ? (T extends Secret ? Secret : T | Ref<T>) : never;

export type { Optional as OptionalParams };
