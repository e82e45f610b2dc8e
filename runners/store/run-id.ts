import { randomInt } from "node:crypto";

/** Letters and digits that cannot be mistaken for each other over the phone: no 0 o, no 1 l i. */
export const runIdAlphabet = "23456789abcdefghjkmnpqrstuvwxyz";

/** A random id of a run, such as `7k3m`. */
export function createRunId(length: number): string {
  return Array.from({ length }, () => runIdAlphabet[randomInt(runIdAlphabet.length)]).join("");
}

/** Whether a name can be a run's id or its beginning; nothing that is one can lead out of the folder of the runs. */
export function isRunId(name: string): boolean {
  return /^[a-z0-9]+$/.test(name);
}
