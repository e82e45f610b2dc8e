import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyRunbook,
  type Block,
  compile,
  notNeeded,
  runbook,
  section,
  sh,
  step,
  within,
} from "../../../dsl/index.ts";
import { renderMarkdown } from "../../../renderers/index.ts";
import { blocksOf } from "./read-markdown.ts";

const folders = suite("folders");
const build = (id: string, options: object = {}) =>
  step(id, "Build", sh`make ${id}`, { undo: notNeeded("it can be built again"), ...options });
const page = (...blocks: readonly Block[]): Promise<string> =>
  renderMarkdown(compile(runbook({ id: "folders", title: "Folders" }, () => blocks) as unknown as AnyRunbook));

folders("of a section are entered once, and left where it ends", async () => {
  const blocks = blocksOf(await page(section("a", "A", { cwd: "web/app" }, [build("one"), build("two")])), "bash");
  assert.equal(blocks, ["cd web/app", "make one", "make two", "cd ../.."]);
});

folders("of a within are entered once, also if it is all that its section has", async () => {
  const blocks = blocksOf(await page(section("a", "A", [within({ cwd: "web" }, [build("one")])])), "bash");
  assert.equal(blocks, ["cd web", "make one", "cd .."]);
});

folders("inside of folders are left the same way", async () => {
  const inner = within({ cwd: "app" }, [build("one")]);
  const blocks = blocksOf(await page(section("a", "A", { cwd: "web" }, [inner, build("two")])), "bash");
  assert.equal(blocks, ["cd web", "cd app", "make one", "cd ..", "make two", "cd .."]);
});

folders("that nobody can count back from are left in words", async () => {
  const text = await page(within({ cwd: "/srv/app" }, [build("one")]));
  assert.equal(blocksOf(text, "bash"), ["cd /srv/app", "make one"]);
  assert.match(text, "- **Leave `/srv/app`** for the folder that you were in before");
});

folders("of a single step stand on its line", async () => {
  assert.match(
    await page(section("a", "A", [build("one", { cwd: "web", env: { CI: "1" } }), build("two")])),
    "Build.** In `web`. With `CI=1`.",
  );
});

folders.run();
