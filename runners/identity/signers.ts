import { ownValue } from "../questions/own-value.ts";
/** Whose signatures count. */
export interface Signers {
  /** Absolute path of an allowed-signers file, as ssh-keygen(1) and git know it. The first name of a line is its person. */
  readonly file: string;
  /** Names of signers by the user of the operating system that they are, where the two differ. None: that user signs nothing. */
  readonly users: Readonly<Record<string, readonly string[]>>;
}

/** Everything that users of the operating system are called: by it, and as signers. */
export function namesOf(signers: Signers | undefined, users: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...users].flatMap((user) => [user, ...((signers && ownValue(signers.users, user)) ?? [])]));
}
