import { LockstepError } from "../../dsl/errors/lockstep-error.ts";

/** Shorter than this, a secret cannot be masked: its characters would stand everywhere. */
const shortest = 4;

/**
 * Refuses secrets that cannot be kept out of the output, before anything of a run is there.
 *
 * @throws LockstepError `bad-parameter`, `shell-nul`
 */
export function requireMaskable(secrets: Readonly<Record<string, string>>): void {
  for (const secret of Object.values(secrets)) secretForms(secret);
}

/**
 * The byte sequences by which a secret can show itself in what a step writes: as it is, its longer
 * lines one by one, escaped for JSON, encoded for a URL, quoted by a shell, and in base64 wherever it lies in what was
 * encoded.
 *
 * An empty text is no secret and has no forms.
 *
 * @throws LockstepError `bad-parameter` for one of less than four bytes, `shell-nul` for one that no process can be given.
 */
export function secretForms(secret: string): readonly Buffer[] {
  if (secret === "") return [];
  const texts = [secret, ...longLines(secret)];
  if (Buffer.byteLength(secret) < shortest) {
    throw new LockstepError({
      code: "bad-parameter",
      message: `a secret of less than ${shortest} characters cannot be kept out of the output`,
      hint: `Give a secret of at least ${shortest} characters; a short PIN can be asked for by the command itself, in a step with terminal: true.`,
    });
  }
  // the system's own complaint would show it
  if (secret.includes("\0")) {
    throw new LockstepError({
      code: "shell-nul",
      message: "a secret must not hold a NUL: neither a variable nor the standard input of a step can",
      hint: "See what its source gives; what is binary can be given as base64",
    });
  }
  const forms = texts.flatMap((text) => [
    Buffer.from(text),
    ...[...jsonForms(text), ...shellForms(text), ...urlForms(text), ...base64Forms(Buffer.from(text))].map((form) =>
      Buffer.from(form),
    ),
  ]);
  const distinct = new Map(forms.map((form) => [form.toString("latin1"), form]));
  return [...distinct.values()].filter(({ length }) => length >= shortest);
}

/** A key in PEM is often printed indented, so each of its lines is a secret of its own. */
function longLines(secret: string): readonly string[] {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  return lines.length > 1 ? lines.filter(({ length }) => length >= 8) : [];
}

/** As most write it; without what is no ASCII (Python); with `<`, `>` and `&` escaped (Go); with `\\/` (PHP); JSON in JSON. */
function jsonForms(text: string): readonly string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const ascii = plain.replace(/[\u007f-\uffff]/g, unicodeEscape);
  const html = plain.replace(/[<>&\u2028\u2029]/g, unicodeEscape);
  const twice = JSON.stringify(plain).slice(1, -1);
  return [plain, ascii, html, twice, plain.replaceAll("/", "\\/"), ascii.replaceAll("/", "\\/")];
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** What `set -x`, `printf %q`, `declare -p` and `env` of a shell print: in single or double quotes, or with backslashes. */
function shellForms(text: string): readonly string[] {
  const escaped = text.replace(/[^\p{L}\p{N}_@%+:,./=~#\n-]/gu, "\\$&");
  const dollar = text.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\r", "\\r");
  return [
    text.replaceAll("'", "'\\''"),
    text.replaceAll("'", `'"'"'`),
    text.replace(/["\\$`]/g, "\\$&"),
    dollar,
    escaped,
    escaped.replaceAll(",", "\\,"),
    escaped.replace(/^[~#]/, "\\$&"),
    escaped.replaceAll(",", "\\,").replace(/^[~#]/, "\\$&"),
    escaped.replaceAll(",", "\\,").replace(/^#|~/g, "\\$&"),
  ];
}

/** The encoders of the field differ in what they leave alone and in the case of their digits. */
function urlForms(text: string): readonly string[] {
  const wellFormed = Buffer.from(text).toString();
  const plain = encodeURIComponent(wellFormed);
  const strict = plain.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const path = strict.replaceAll("%2F", "/");
  const all = [plain, strict, path, strict.replaceAll("%20", "+")];
  return [...all, ...all.map((form) => form.replace(/%[0-9A-F]{2}/g, (digits) => digits.toLowerCase()))];
}

/** Base64 packs three bytes in four characters; so a text looks different after 0, 1 and 2 bytes of something else. */
function base64Forms(bytes: Buffer): readonly string[] {
  const forms = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    // only the characters that this text alone decides
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const [aligned = ""] = forms;
  const wrapped = [64, 76].map((width) => aligned.replace(new RegExp(`.{${width}}(?=.)`, "g"), "$&\n"));
  return [...forms, ...forms.map((form) => form.replaceAll("+", "-").replaceAll("/", "_")), ...wrapped];
}
