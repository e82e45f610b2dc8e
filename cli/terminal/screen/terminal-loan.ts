import type { TerminalGuest } from "./screen.ts";

/** Who must let go of the terminal when somebody else needs it. */
export interface TerminalLoan {
  attach(guest: TerminalGuest): () => void;
  lend<T>(work: () => Promise<T>): Promise<T>;
  stopProcess(): Promise<void>;
}

/** `owner` lets go last and takes back first: what is drawn goes away before the modes of the keyboard change. */
export function createTerminalLoan(owner: TerminalGuest): TerminalLoan {
  const guests = new Set<TerminalGuest>();

  const lend = async <T>(work: () => Promise<T>): Promise<T> => {
    for (const guest of guests) guest.release();
    owner.release();
    try {
      return await work();
    } finally {
      owner.take();
      for (const guest of guests) guest.take();
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
