import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

let known: string | undefined;

/**
 * Names the machine's present boot. A pid and a start time mean something only together with it.
 *
 * Linux has a boot id; macOS a boot session id, or the time it was booted.
 */
export function readBootId(): string {
  known ??= fromProc() ?? fromSysctl("kern.bootsessionuuid") ?? fromSysctl("kern.boottime") ?? "unknown-boot";
  return known;
}

function fromProc(): string | undefined {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim() || undefined;
  } catch {
    return undefined;
  }
}

function fromSysctl(name: string): string | undefined {
  try {
    const text = execFileSync("sysctl", ["-n", name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return text.replace(/[^\w{}=,:. -]/g, "").trim() || undefined;
  } catch {
    return undefined;
  }
}
