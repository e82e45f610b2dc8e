import { watchChanges } from "../journal/change-watcher.ts";
import { readInbox } from "./inbox.ts";
import type { InboxMessage } from "./inbox-message.ts";
import type { RunFolder } from "./run-folder.ts";

/**
 * Calls back for each message of a run's inbox, those that wait already first, each once. Keeps the process alive
 * until the function that it returns is called.
 */
export function watchInbox(folder: RunFolder, onMessage: (message: InboxMessage) => void): () => void {
  const seen = new Set<string>();
  let stopped = false;
  let reading = Promise.resolve();

  const look = () => {
    // one after the other, so that none is passed on twice
    reading = reading.then(deliver);
  };

  async function deliver(): Promise<void> {
    // what cannot be read now is tried again soon
    for (const message of await readInbox(folder).catch(() => [])) {
      if (stopped || seen.has(message.file)) continue;
      seen.add(message.file);
      onMessage(message);
    }
  }

  const stopWatching = watchChanges(folder.inboxFolder, look);
  look();
  return () => {
    stopped = true;
    stopWatching();
  };
}
