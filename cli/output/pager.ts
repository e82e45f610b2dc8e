import { spawn } from "node:child_process";

/**
 * Writes to standard output; in a terminal with fewer rows through `$PAGER`, as git does, so that one reads from the
 * beginning. Without a pager on this machine it is written at once.
 */
export async function writePaged(text: string): Promise<void> {
  const { stdout, stdin, env } = process;
  const fits = !stdout.isTTY || !stdin.isTTY || env["TERM"] === "dumb" || text.split("\n").length <= stdout.rows;
  if (fits || !(await throughPager(text, env["PAGER"] ?? "less"))) stdout.write(text);
}

/** False if there is no such pager. */
function throughPager(text: string, pager: string): Promise<boolean> {
  // a pager that somebody leaves early reads no more, and Ctrl-C is a key of it
  const ignore = (): void => undefined;
  process.on("SIGINT", ignore);
  // as git does; who does not know less reads how to get out of it
  const env = { LESS: "FRXPsspace turns the page, q goes back$", ...process.env };
  const child = spawn("bash", ["-c", `command -v ${pager.split(" ")[0]} > /dev/null || exit 127; ${pager}`], {
    stdio: ["pipe", "inherit", "inherit"],
    env,
  });
  child.stdin.on("error", ignore).end(text);
  return new Promise<boolean>((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code !== 127));
  }).finally(() => process.off("SIGINT", ignore));
}
