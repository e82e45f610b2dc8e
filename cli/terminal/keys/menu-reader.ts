import type { HoldFilter } from "./hold-filter.ts";
import type { KeyAnswer, ReadKeyOptions } from "./keys.ts";
import type { Press } from "./press-parser.ts";
import { heldWords, type Reader, unread } from "./reader.ts";

/** A key is an answer when nothing follows it for this long: a paste may arrive in pieces. */
const settles = 25;

/** What follows several keys at once within this time belongs to them. */
const pasteLasts = 100;

const repeatable = ["up", "down", "left", "right", "page-up", "page-down", "home", "end"];

/** Waits for one key of a menu. */
export function createMenuReader(
  { keys, question = "new", onRefused }: ReadKeyOptions,
  hold: HoldFilter,
  answer: (answer: KeyAnswer) => void,
): Reader {
  const opensAt = question === "same" ? 0 : performance.now() + unread;
  let settling: { readonly key: string; readonly timer: NodeJS.Timeout } | undefined;
  let pasteUntil = 0;

  return {
    take(presses, at) {
      const names = presses.map(nameOf);
      const fresh = names.map((name) => hold.isFresh(name, at));
      if (at < opensAt) onRefused?.({ why: "early", say: "Too early: nobody can have read this yet. Press it again." });
      else if (at < pasteUntil) pasteUntil = at + pasteLasts;
      else if (isSeveral(names, fresh[0] ?? false)) refusePaste(at);
      else takeOne(names[0] ?? "", fresh[0] ?? false);
    },
    leave(why) {
      clearTimeout(settling?.timer);
      answer({ left: why });
    },
    refuseHeld: (key) => onRefused?.({ why: "held", say: heldWords(key) }),
  };

  /**
   * The repeats of a held key may come several at once when the machine is busy; that is no paste, and none of them
   * counts. The first repeat comes so late that two at once, of which the first is a new press, are a paste.
   */
  function isSeveral(names: readonly string[], fresh: boolean): boolean {
    const all = settling === undefined ? names : [settling.key, ...names];
    const isTwice = all.length > 1 && (settling !== undefined || fresh) && !repeatable.includes(all[0] ?? "");
    return names.includes("paste") || isTwice || all.some((name) => name !== all[0]);
  }

  function refusePaste(at: number): void {
    clearTimeout(settling?.timer);
    settling = undefined;
    pasteUntil = at + pasteLasts;
    onRefused?.({ why: "paste", say: "Several keys came at once, as from a paste. Nothing was done." });
  }

  function takeOne(key: string, fresh: boolean): void {
    if (settling !== undefined) return;
    const listed = keys.some((entry) => entry.key === key);
    if (!fresh && !repeatable.includes(key)) {
      if (listed) onRefused?.({ why: "held", say: heldWords(key) });
      return;
    }
    const settled = (): void => {
      settling = undefined;
      if (listed) answer({ key });
      else onRefused?.({ why: "unlisted", key });
    };
    settling = { key, timer: setTimeout(settled, settles) };
  }
}

/** Upper and lower case are the same. */
function nameOf(press: Press): string {
  if (press.kind === "paste") return "paste";
  return press.kind === "char" ? press.char.toLowerCase() : press.name;
}
