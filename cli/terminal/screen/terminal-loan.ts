import type { TerminalGuest } from "./screen.ts";

/** Who must let go of the terminal when somebody else needs it. */
export interface TerminalLoan {
  attach(guest: TerminalGuest): () => void;
  lend<T>(work: () => Promise<T>): Promise<T>;
  stopProcess(): Promise<void>;
}

/** `owner` lets go first and takes back last: what is typed must not be echoed into what is drawn. */
export function createTerminalLoan(owner: TerminalGuest): TerminalLoan {
  const guests = new Set<TerminalGuest>();

  const lend = async <T>(work: () => Promise<T>): Promise<T> => {
    owner.release();
    for (const guest of guests) guest.release();
    try {
      return await work();
    } finally {
      for (const guest of guests) guest.take();
      owner.take();
    }
  };

  return {
    attach(guest) {
      guests.add(guest);
      return () => void guests.delete(guest);
    },
    lend,
    stopProcess: () => lend(stopGroup),
  };
}

/**
 * The whole group, as the terminal would. Where nobody could continue it the system ignores the signal; the timer then
 * ends at once, and otherwise when the process goes on.
 */
async function stopGroup(): Promise<void> {
  process.kill(0, "SIGTSTP");
  await new Promise<void>((resolve) => setTimeout(resolve, 50));
}
