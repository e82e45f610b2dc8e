/**
 * A value as JSON in which nothing steers a terminal that it is printed on: what JSON would let stand of that (the C1
 * controls, what turns the order of characters around) is escaped, which changes nothing for who reads it as JSON.
 */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
