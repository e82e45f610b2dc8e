import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { open, readdir, rename, rm, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { type Clock, createClock } from "../journal/clock.ts";
import { diskFailed } from "../journal/disk-failure.ts";
import { createFolder, syncFolder } from "../journal/durable-folder.ts";
import { userName } from "../processes/user-name.ts";
import { type InboxLetter, type InboxMessage, parseInboxMessage, unreadableMessage } from "./inbox-message.ts";
import { refuseLinks } from "./refuse-links.ts";
import { writeNewFile } from "./run-birth.ts";
import type { RunFolder } from "./run-folder.ts";

/** Larger than any answer of a person; what is larger is not read. */
const maxSize = 1024 * 1024;

/** How many this process has sent; keeps its messages in order within a millisecond. */
let sent = 0;

/**
 * Puts a message into the inbox of a run. When this resolves it is on disk; a reader sees all of it or nothing.
 * Whoever holds the run journals it; sending runs nothing.
 *
 * @throws {LockstepError} `disk-failed`; `journal-damaged` for a link in the place of a folder of the run.
 *
 * @example
 * await writeInbox(run, { kind: "approve", step: "go", by: "bo" });
 */
export async function writeInbox(
  folder: RunFolder,
  letter: InboxLetter,
  { clock = createClock() }: { readonly clock?: Clock } = {},
): Promise<InboxMessage> {
  await refuseLinks(folder);
  const now = clock.now();
  const content = { v: 1 as const, at: now.toISOString(), host: hostname(), ...letter };
  const file = join(folder.inboxFolder, `${createName(now)}.json`);
  const draft = join(folder.inboxFolder, `draft-${basename(file)}`);
  try {
    await createFolder(folder.inboxFolder);
    await writeNewFile(draft, `${JSON.stringify(content)}\n`);
    await rename(draft, file);
    await syncFolder(folder.inboxFolder);
  } catch (error) {
    await unlink(draft).catch(() => {});
    throw diskFailed(file, error, { then: "send it again" });
  }
  return { ...content, file };
}

/**
 * The messages that wait, in the order in which they were sent.
 *
 * @throws {LockstepError} `journal-damaged` for a link in the place of a folder of the run.
 */
export async function readInbox(folder: RunFolder): Promise<InboxMessage[]> {
  await refuseLinks(folder);
  const names = await readdir(folder.inboxFolder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const waiting = names.filter((name) => /^\d+-.*\.json$/.test(name)).sort();
  const messages = await Promise.all(waiting.map((name) => readMessage(join(folder.inboxFolder, name))));
  return messages.filter((message) => message !== undefined);
}

/** Removes a message, once it is journaled. Doing it twice does no harm. */
export async function removeInbox(message: InboxMessage): Promise<void> {
  // also a folder, which is no message
  await rm(message.file, { force: true, recursive: true });
}

async function readMessage(file: string): Promise<InboxMessage | undefined> {
  try {
    // a pipe that nobody writes to would keep who opens it waiting
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const found = await handle.stat();
      const { size, uid } = found;
      if (!found.isFile()) return unreadableMessage(file, "it is no file");
      if (size > maxSize) return unreadableMessage(file, "it is too large");
      return { ...parseInboxMessage(file, await handle.readFile("utf8")), owner: await userName(uid) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // the holder has just journaled and removed it
    if (code === "ENOENT") return undefined;
    return unreadableMessage(file, code === "ELOOP" ? "it is a symbolic link" : `it cannot be read (${code})`);
  }
}

function createName(now: Date): string {
  sent += 1;
  const time = String(now.getTime()).padStart(15, "0");
  return `${time}-${String(sent).padStart(6, "0")}-${randomBytes(6).toString("hex")}`;
}
