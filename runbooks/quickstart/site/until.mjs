/** How the commands know that what should run does run. */
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const patience = 15_000;

/** Its proxy answers. */
export function isOpen({ ports }) {
  return canConnect(ports.proxy);
}

/** Waits until a server is in health, and its answer fits. */
export async function untilAnswers(port, fits) {
  await until(`http://127.0.0.1:${port} to answer`, async () => {
    const response = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(1000) });
    return response.ok && fits(await response.json());
  });
}

/** Waits until nothing listens there. */
export async function untilGone(port) {
  await until(`port ${port} to be free`, async () => !(await canConnect(port)));
}

async function until(what, holds) {
  const deadline = Date.now() + patience;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await pause(50);
  }
}

function canConnect(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const answer = (open) => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });
}
