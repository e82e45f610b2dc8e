import { spawn } from "node:child_process";
import { pipeline, Readable } from "node:stream";

/**
 * Writes to standard output; in a terminal with fewer rows through the pager, so that one reads from the beginning.
 * Without a pager it is written at once.
 */
export async function writePaged(text: string): Promise<void> {
  const { stdout, stdin, env } = process;
  const fits = !stdout.isTTY || !stdin.isTTY || env["TERM"] === "dumb" || text.split("\n").length <= stdout.rows;
  if (fits || !(await throughPager([text], stdout))) stdout.write(text);
}

/**
 * Shows text through `$PAGER`, else `less`, as git does.
 *
 * @returns False if there is none on this machine, or none is wanted: `PAGER` is empty.
 */
export async function throughPager(
  text: Iterable<string> | AsyncIterable<Uint8Array>,
  terminal: NodeJS.WriteStream & { readonly fd: number },
): Promise<boolean> {
  const pager = process.env["PAGER"] ?? "less";
  if (pager.trim() === "") return false;
  // Ctrl-C is a key of it
  const ignore = (): void => undefined;
  process.on("SIGINT", ignore);
  // as git does; who does not know less reads how to get out of it
  const env = { LESS: "FRXPsspace turns the page, q goes back$", ...process.env };
  const child = spawn("bash", ["-c", `command -v ${pager.trim().split(" ")[0]} > /dev/null || exit 127; ${pager}`], {
    stdio: ["pipe", terminal.fd, "inherit"],
    env,
  });
  const source = Readable.from(text);
  // who leaves early reads no more
  if (child.stdin !== null) pipeline(source, child.stdin, ignore);
  return new Promise<boolean>((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code !== 127));
  }).finally(() => process.off("SIGINT", ignore));
}
