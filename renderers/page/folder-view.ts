import type { PlanBlock, PlanSettings } from "../../dsl/plan/plan.ts";
import { childrenOf } from "../../dsl/plan/walk-plan.ts";
import { quoteWord } from "../../dsl/shell/quote-word.ts";
import { createItem, type PageBlock } from "./page.ts";
import { type PageContext, type Place, textSpans } from "./page-context.ts";
import type { Part } from "./plan-index.ts";
import { missingSettings } from "./settings-remarks.ts";
import { code, plainText } from "./span.ts";

/** What brings a person into a folder, and back out of it. */
interface Folder {
  readonly blocks: readonly PageBlock[];
  readonly after: readonly PageBlock[];
  readonly place: Place;
}

/** A section whose steps all run in a folder says so once, as `within` does, instead of in every step. */
export function enterFolder(context: PageContext, place: Place, part: Part): Folder {
  const cwd = sharedFolders(place.settings, foldersOf([...part.requires, ...part.body]));
  if (cwd.length === 0) return { blocks: [], after: [], place };
  const path = cwd.map((folder) => plainText(textSpans(context, folder))).join("/");
  return {
    blocks: [
      createItem("within", {
        title: ["Go to"],
        after: [code(path)],
        code: { language: "bash", text: `cd ${quoteWord(path)}` },
      }),
    ],
    after: [wayBack(path)],
    place: { ...place, settings: { ...place.settings, cwd: [...place.settings.cwd, ...cwd] } },
  };
}

/** `cd ../..` where the path says how deep it leads; else words, since `cd -` would only know the last change. */
export function wayBack(path: string): PageBlock {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ".");
  const isKnown =
    /^[\w@%+:,./=-]+$/.test(path) && !path.startsWith("/") && !segments.includes("..") && segments.length > 0;
  if (!isKnown)
    return createItem("within", { title: ["Leave ", code(path)], after: ["for the folder that you were in before"] });
  return createItem("within", {
    title: ["Leave ", code(path)],
    code: { language: "bash", text: `cd ${segments.map(() => "..").join("/")}` },
  });
}

function sharedFolders(present: PlanSettings, steps: readonly PlanSettings["cwd"][]): PlanSettings["cwd"] {
  const [first, ...rest] = steps.map((cwd) => missingSettings(present, { cwd, env: [] }).cwd);
  if (first === undefined) return [];
  const lengths = rest.map((folders) => first.findIndex((folder, index) => folder.text !== folders[index]?.text));
  return first.slice(0, Math.min(first.length, ...lengths.map((length) => (length < 0 ? first.length : length))));
}

/** The folders of every step that runs something, without those that a `within` will say itself. */
function foldersOf(blocks: readonly PlanBlock[], said = 0): readonly PlanSettings["cwd"][] {
  return blocks.flatMap((block) => {
    if (block.block !== "step")
      return foldersOf(childrenOf(block), said + (block.block === "within" && block.cd ? 1 : 0));
    return block.execution === "person" ? [] : [block.settings.cwd.slice(0, block.settings.cwd.length - said)];
  });
}
