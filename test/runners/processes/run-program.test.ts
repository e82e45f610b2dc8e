import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bundleScript } from "../../support/script-process.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const test = suite("another program that was run");

test("leaves it an error that a file may not grow, and no death", async () => {
  const script = await bundleScript(join(import.meta.dirname, "program-and-file.ts"));
  const file = join(await tempFolder(), "file");
  const limited = ["-c", 'ulimit -f 8; exec "$@"', "-", process.execPath, script, file];
  const { stdout, signal } = spawnSync("bash", limited, { encoding: "utf8" });
  assert.equal([signal, stdout], [null, "EFBIG\n"]);
});

test.run();
