/** Four spaces before every line that is not empty: GitHub would take two, Python-Markdown flattens a list by them. */
export function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}
