import type { TerminalGuest } from "./screen.ts";

/** Who must let go of the terminal when somebody else needs it. */
export interface TerminalLoan {
  /** Somebody else has it now. */
  readonly lent: boolean;
  attach(guest: TerminalGuest): () => void;
  lend<T>(work: () => Promise<T>): Promise<T>;
  stopProcess(): Promise<void>;
}

/** `owner` lets go first and takes back last: what is typed must not be echoed into what is drawn. */
export function createTerminalLoan(owner: TerminalGuest): TerminalLoan {
  const guests = new Set<TerminalGuest>();
  let lent = false;

  const giveAway = async <T>(work: () => Promise<T>): Promise<T> => {
    owner.release();
    for (const guest of guests) guest.release();
    lent = true;
    try {
      return await work();
    } finally {
      lent = false;
      for (const guest of guests) guest.take();
      owner.take();
    }
  };

  return {
    get lent() {
      return lent;
    },
    attach(guest) {
      guests.add(guest);
      return () => void guests.delete(guest);
    },
    lend: (work) =>
      giveAway(async () => {
        process.on("SIGTSTP", goOn);
        try {
          return await work();
        } finally {
          process.off("SIGTSTP", goOn);
        }
      }),
    stopProcess: () => giveAway(stopGroup),
  };
}

/**
 * Ctrl-Z at a pager or an editor stops lockstep with it, which would watch no longer; and the pager alone nobody could
 * continue. So it goes on, twice over, since a program may stop itself only after it has put its screen in order.
 */
function goOn(): void {
  for (const after of [100, 400]) setTimeout(() => process.kill(0, "SIGCONT"), after).unref();
}

/**
 * The whole group, as the terminal would. Where nobody could continue it the system ignores the signal; the timer then
 * ends at once, and otherwise when the process goes on.
 */
async function stopGroup(): Promise<void> {
  process.kill(0, "SIGTSTP");
  await new Promise<void>((resolve) => setTimeout(resolve, 50));
}
