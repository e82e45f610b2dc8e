import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";

const tailBytes = 4096;
const maxLength = 160;

/** The last line that a failed attempt wrote, which most often says why; undefined if it wrote none. */
export async function lastWords(folder: string): Promise<string | undefined> {
  for (const name of ["log", "out"]) {
    const line = lastLine(await readTail(join(folder, name)));
    if (line !== undefined) return line;
  }
  return undefined;
}

async function readTail(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined);
  if (!handle) return "";
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(size, tailBytes));
    await handle.read(buffer, 0, buffer.length, Math.max(0, size - tailBytes));
    return buffer.toString("utf8");
  } finally {
    await handle.close();
  }
}

/** Without what would steer a terminal; of a line that was overwritten, what was left to see. */
function lastLine(text: string): string | undefined {
  const line = text
    .split("\n")
    .map((each) => each.replace(/\r$/, "").split("\r").at(-1) ?? "")
    .map((each) =>
      each
        .replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)/g, "")
        .replace(/[\x00-\x1f\x7f-\x9f]/g, ""),
    )
    .findLast((each) => each.trim() !== "");
  return line === undefined || line.length <= maxLength ? line?.trim() : `${line.trim().slice(0, maxLength)}...`;
}
