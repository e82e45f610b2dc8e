// Escape sequences of terminals: CSI, OSC and other strings with their end, single-character ones.
const escapes =
  /\u001b\[[0-?]*[ -/]*[@-~]|\u009b[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]?/g;
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
// What turns the order of characters around (Trojan Source), and what nobody can see.
const invisible = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** Halves of characters, and the two that XML, and so a picture, has no place for. */
const noCharacters = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g;

/** Words for a person: without what steers a terminal, turns characters around or cannot be seen. */
export function cleanText(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(escapes, "")
    .replaceAll("\r", "\n")
    .replace(controls, "")
    .replace(invisible, "")
    .replace(noCharacters, "\ufffd");
}

/** The same on one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, " ");
}

const unsafe =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/**
 * A command or another text that is shown character for character. Characters that would steer a terminal or make
 * it look like another command are the exception: they are shown as `<U+202E>`, and `hidden` names them.
 */
export function visibleCode(text: string): { readonly text: string; readonly hidden: readonly string[] } {
  const hidden = new Set<string>();
  const shown = text.replace(unsafe, (character) => {
    const name = `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`;
    hidden.add(name);
    return `<${name}>`;
  });
  return { text: shown, hidden: [...hidden] };
}
