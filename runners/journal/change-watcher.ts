import { type FSWatcher, watch } from "node:fs";

/**
 * Calls back whenever something may have changed in a file or folder: when the system says so, and every `interval`
 * milliseconds, since some file systems (network, containers) never say so. Returns what ends it.
 */
export function watchChanges(path: string, onChange: () => void, interval = 500): () => void {
  const timer = setInterval(onChange, interval);
  const watcher = startWatching(path, onChange);
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}

function startWatching(path: string, onChange: () => void): FSWatcher | undefined {
  try {
    // no more watches left, or the path is gone: the timer goes on
    return watch(path, onChange).on("error", () => {});
  } catch {
    return undefined;
  }
}
