import { LockstepError } from "../errors/lockstep-error.ts";
import { didYouMean } from "../errors/nearest.ts";
import type { CallSite } from "../errors/source-position.ts";
import { type PlainValue, refOf } from "../values/ref.ts";
import type { ParamDeclaration } from "./param.ts";
import { flagOf } from "./parameter-flag.ts";

/**
 * Reads the value of a parameter, typed or as a user types it.
 *
 * @throws LockstepError `bad-parameter`, with what would fit.
 */
export function parseParameter(
  name: string,
  declaration: ParamDeclaration,
  raw: unknown,
  { what = flagOf(name), at }: { readonly what?: string; readonly at?: CallSite } = {},
): PlainValue {
  const value = parsers[declaration.type](raw, declaration as never);
  if (!(value instanceof Problem)) return value;
  // a secret is not shown, also not to whoever mistook it for a value
  const given = declaration.type === "secret" ? "" : `, not ${shown(raw)}`;
  throw new LockstepError({
    code: "bad-parameter",
    message: `${what} ${value.text}${given}`,
    hint: value.hint ?? (at && "Give a value that fits"),
    at,
  });
}

function shown(raw: unknown): string {
  if (refOf(raw)) return "a value that is known only later";
  return typeof raw === "number" ? String(raw) : (JSON.stringify(raw) ?? String(raw));
}

class Problem {
  readonly text: string;
  readonly hint: string | undefined;
  constructor(text: string, hint?: string) {
    this.text = text;
    this.hint = hint;
  }
}

type Parsers = {
  readonly [T in ParamDeclaration["type"]]: (
    raw: unknown,
    declaration: Extract<ParamDeclaration, { readonly type: T }>,
  ) => PlainValue | Problem;
};

const parsers: Parsers = {
  string: (raw, { pattern, example }) => {
    if (typeof raw !== "string") return new Problem("must be text");
    if (raw.includes("\0")) return new Problem("must not hold a NUL character");
    if (pattern === undefined || new RegExp(`^(?:${pattern})$`, "u").test(raw)) return raw;
    return new Problem(`must match ${pattern}`, example === undefined ? undefined : `Such as ${example}`);
  },
  integer: (raw, declaration) => parseNumber(raw, declaration, "must be a whole number", Number.isSafeInteger),
  number: (raw, declaration) => parseNumber(raw, declaration, "must be a number", Number.isFinite),
  boolean: (raw) => {
    if (typeof raw === "boolean") return raw;
    if (typeof raw === "string" && /^(?:yes|true|on)$/i.test(raw)) return true;
    if (typeof raw === "string" && /^(?:no|false|off)$/i.test(raw)) return false;
    return new Problem("must be yes or no");
  },
  oneOf: (raw, { choices }) => {
    if (typeof raw === "string" && choices.includes(raw)) return raw;
    if (typeof raw !== "string") return new Problem(`must be one of ${choices.join(", ")}`);
    return new Problem(`must be one of ${choices.join(", ")}`, didYouMean(raw, choices));
  },
  duration: (raw) => {
    const given = typeof raw === "object" && raw !== null && "seconds" in raw ? raw.seconds : raw;
    const value = typeof given === "string" ? parseDuration(given) : given;
    if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
    return new Problem("must be a length of time", "Such as 90s, 10m or 1h30m");
  },
  secret: () =>
    new Problem(
      "is a secret and is never given as a value",
      "Set the environment variable, file or command that the runbook names",
    ),
};

function parseNumber(
  raw: unknown,
  { min, max }: { readonly min?: number; readonly max?: number },
  wanted: string,
  fits: (value: number) => boolean,
): number | Problem {
  const isDecimal = typeof raw === "string" && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(raw);
  const value = typeof raw === "number" || isDecimal ? Number(raw) : Number.NaN;
  if (!fits(value)) return new Problem(wanted);
  if (min !== undefined && value < min) return new Problem(`must be at least ${min}`);
  if (max !== undefined && value > max) return new Problem(`must be at most ${max}`);
  return value;
}

/** `90s`, `10m`, `1h30m`: hours, minutes and seconds in this order. */
function parseDuration(raw: string): number | undefined {
  const found = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(raw.replaceAll(" ", ""));
  if (!found || found[0] === "") return undefined;
  const [, hours = "0", minutes = "0", seconds = "0"] = found;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
