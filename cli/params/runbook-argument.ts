const withValue = ["-p", "--param", "--params", "--env"];

/** The ID among the words after `run`, before it is known which options there are; undefined without one. */
export function runbookIn(argv: readonly string[]): string | undefined {
  return argv.find((word, at) => !word.startsWith("-") && !withValue.includes(argv[at - 1] ?? ""));
}
