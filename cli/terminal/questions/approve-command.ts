import type { TerminalUi } from "../session/terminal-ui.ts";

/** What a person elsewhere types to answer a step; where answers are signed, also what prints the text to be signed. */
export function approveWords({ facts, signers }: Pick<TerminalUi, "facts" | "signers">, number: string): string {
  const command = `lockstep approve ${facts.runId} ${number}`;
  return signers === undefined ? command : `${command}; what to sign there is printed by: ${command} --request`;
}
