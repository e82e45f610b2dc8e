/**
 * Four spaces before every line that is not empty: GitHub would take two, Python-Markdown flattens a list by them.
 * Lines end with `\n` and nothing else: for `^` one also begins behind U+2028, which may stand in a command.
 */
export function indent(text: string): string {
  return text.replace(/(?<![^\n])(?=[^\n])/g, "    ");
}
