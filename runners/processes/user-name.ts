import { userInfo } from "node:os";
import { runProgram } from "./run-program.ts";

/** The name of a user of the operating system; the number itself where it has no name. */
export async function userName(uid: number): Promise<string> {
  const known = names.get(uid) ?? lookUp(uid);
  names.set(uid, known);
  return known;
}

const names = new Map<number, Promise<string>>();

async function lookUp(uid: number): Promise<string> {
  if (uid === process.getuid?.()) return ownName(uid);
  const { stdout } = await runProgram("id", ["-un", String(uid)], { reject: false });
  return stdout.trim() || String(uid);
}

function ownName(uid: number): string {
  try {
    return userInfo().username;
  } catch {
    return String(uid);
  }
}
