import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createMasker, createTextMasker } from "../../../runners/attempts/masker.ts";

const test = suite("masker");

/** Masks a text that is cut at the given places. */
function maskInPieces(secrets: readonly string[], bytes: Buffer, cuts: readonly number[] = []): string {
  const masker = createMasker(secrets);
  const places = [0, ...[...cuts].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const pieces = places.slice(1).map((end, index) => masker.push(bytes.subarray(places[index], end)));
  return Buffer.concat([...pieces, masker.flush()]).toString("latin1");
}

const secret = fc
  .string({ unit: "grapheme", minLength: 4, maxLength: 40 })
  .filter((text) => !text.includes("*") && Buffer.byteLength(text) >= 4);
const filler = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
const cuts = fc.array(fc.nat(), { maxLength: 12 });

/** What the encoders of the field make of a secret that stands within something else. */
const forms: Record<string, (secret: string, before: Buffer) => { readonly shown: Buffer; readonly hidden: string }> = {
  plain: (text, before) => ({
    shown: Buffer.concat([before, Buffer.from(text)]),
    hidden: Buffer.from(text).toString("latin1"),
  }),
  url: (text) => ({ shown: Buffer.from(`?key=${encodeURIComponent(text)}&`), hidden: encodeURIComponent(text) }),
  form: (text) => ({
    shown: Buffer.from(new URLSearchParams({ key: text }).toString()),
    hidden: new URLSearchParams({ key: text }).toString().slice(4),
  }),
  json: (text) => ({ shown: Buffer.from(JSON.stringify({ key: text })), hidden: JSON.stringify(text).slice(1, -1) }),
  base64: (text, before) => base64(text, before, "base64"),
  base64url: (text, before) => base64(text, before, "base64url"),
};

function base64(text: string, before: Buffer, encoding: "base64" | "base64url") {
  const bytes = Buffer.from(text);
  const shown = Buffer.concat([before, bytes, Buffer.from("after")]).toString(encoding);
  const first = Math.ceil((before.length * 8) / 6);
  const last = Math.floor(((before.length + bytes.length) * 8) / 6);
  return { shown: Buffer.from(shown), hidden: shown.slice(first, last) };
}

for (const [name, encode] of Object.entries(forms)) {
  test(`a secret does not show, however the stream is cut: ${name}`, () => {
    fc.assert(
      fc.property(secret, filler, filler, cuts, (text, before, after, places) => {
        const { shown, hidden } = encode(text, before);
        const masked = maskInPieces([text], Buffer.concat([shown, after]), places);
        assert.ok(masked.includes("***"), "it is masked");
        // `hidden` could come about anew from the rest only with a mask in it, and no secret has one
        assert.not.ok(masked.includes(hidden), `${masked} shows ${hidden}`);
      }),
    );
  });
}

test("what comes out does not depend on how the stream is cut", () => {
  const dense = fc.array(fc.constantFrom("a", "b"), { minLength: 4, maxLength: 7 }).map((letters) => letters.join(""));
  fc.assert(
    fc.property(
      fc.array(dense, { minLength: 1, maxLength: 3 }),
      fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 80 }),
      cuts,
      (secrets, letters, places) => {
        const bytes = Buffer.from(letters.join(""));
        assert.is(maskInPieces(secrets, bytes, places), maskInPieces(secrets, bytes));
      },
    ),
    { numRuns: 500 },
  );
});

test("what holds no secret passes unchanged, byte by byte", () => {
  fc.assert(
    fc.property(filler, cuts, (bytes, places) => {
      assert.is(maskInPieces(["a secret that is not there", "***another***"], bytes, places), bytes.toString("latin1"));
    }),
  );
});

test("secrets that overlap are one, secrets side by side are two", () => {
  const masker = createTextMasker(["abcdef", "defghi"]);
  assert.is(masker("<abcdefghi>"), "<***>");
  assert.is(masker("abcdefabcdef abcdef"), "****** ***");
});

test("no more waits than could be the beginning of a secret", () => {
  const masker = createMasker(["hunter22"]);
  assert.is(String(masker.push(Buffer.from("login hunt"))), "login ");
  assert.is(String(masker.push(Buffer.from("ing season, hunter2"))), "hunting season, ");
  assert.is(String(masker.push(Buffer.from("2 ok"))), "*** ok");
});

test("the longer half of a secret, cut off by the end, is masked; the shorter shows", () => {
  assert.is(maskInPieces(["hunter22"], Buffer.from("it is hunter2")), "it is ***");
  assert.is(maskInPieces(["hunter22"], Buffer.from("it is hu")), "it is hu");
});

test("a run of the same letter is masked within bounds", () => {
  const masker = createMasker(["aaaa"]);
  let longest = 0;
  for (let round = 0; round < 50; round++) longest = Math.max(longest, masker.push(Buffer.alloc(10_000, "a")).length);
  assert.ok(longest <= 3);
  assert.is(String(masker.flush()), "");
});

test("each line of a key is masked, also indented; and base64 as the command wraps it", () => {
  const key = `-----BEGIN KEY-----\n${"MIIEvQIBADANBgkq".repeat(4)}\n${"hkiG9w0BAQEFAASC".repeat(4)}\n-----END KEY-----\n`;
  assert.is(createTextMasker([key])(key.replace(/^/gm, "  ").trimEnd()), "  ***\n  ***\n  ***\n  ***");
  const wrapped = Buffer.from(key).toString("base64").replace(/.{76}/g, "$&\n");
  assert.not.match(createTextMasker([key])(wrapped), wrapped.slice(80, 140));
});

test("what a shell makes of a secret does not show, whatever character is in it", () => {
  const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
  const secrets = printable.flatMap((character) => [
    `${character}abcd`,
    `ab${character}cd`,
    `abcd${character}`,
    `a:${character}bcd`,
    `a=${character}bc'd "e"`,
  ]);
  const says =
    'for s; do printf "%q\\0" "$s"; printf "%s\\0" "${s@Q}"; declare -p s; printf "\\0"; set -x; : "x$s"; set +x; printf "\\0"; done';
  const { stdout } = spawnSync("bash", ["--norc", "-c", `exec 2>&1; ${says}`, "bash", ...secrets], {
    encoding: "utf8",
  });
  const told = stdout.split("\0");
  assert.is(told.length, secrets.length * 4 + 1);
  for (const [index, text] of secrets.entries())
    for (const line of told.slice(index * 4, index * 4 + 4))
      assert.match(createTextMasker([text])(line), "***", `${text} shows in ${line}`);
});

test("what JSON of other languages, and of JSON in JSON, makes of a secret does not show", () => {
  const text = 'pä/ss<w>&or"d 𝒳';
  for (const shown of [
    '"p\\u00e4/ss<w>&or\\"d \\ud835\\udcb3"',
    '"pä/ss\\u003cw\\u003e\\u0026or\\"d 𝒳"',
    '"pä\\/ss<w>&or\\"d 𝒳"',
    JSON.stringify(JSON.stringify(text)),
  ])
    assert.match(createTextMasker([text])(shown), "***", shown);
});

test("an empty secret hides nothing, a short one is refused", () => {
  assert.is(createTextMasker([""])("text"), "text");
  assert.throws(() => createMasker(["abc"]), "a secret of less than 4 characters");
});

test.run();
