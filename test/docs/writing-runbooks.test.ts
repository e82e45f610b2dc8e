import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as lockstep from "lockstep";
import { compile, stepsOf } from "lockstep";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const root = join(import.meta.dirname, "..", "..");
const page = readFileSync(join(root, "docs", "writing-runbooks.md"), "utf8");
const bodies = [...page.matchAll(/```ts\n([\s\S]*?)\n```/g)].map(([, text = ""]) => text);
const [declaration = ""] = [...page.matchAll(/```ts runbook\n([\s\S]*?)\n```/g)].map(([, text = ""]) => text);
const [strict = ""] = [...page.matchAll(/```ts environment\n([\s\S]*?)\n```/g)].map(([, text = ""]) => text);
const names = Object.keys(lockstep).filter((name) => new RegExp(`\\b${name}\\b`).test(page));

/** All blocks of the page in one runbook, with the parameters that the page declares. */
const source = `import { ${names.join(", ")} } from "lockstep";
export default ${declaration.replace(/\(p\) => \[.*\]/, () => `(p) => [\n${bodies.join("\n")}\n]`)}
export const production = ${strict};
`;
const writing = suite("docs/writing-runbooks.md");

writing("every block of code type-checks, and all of them together are a runbook that compiles", async () => {
  // below the project, so that bare imports resolve as they do for its own runbooks
  const folder = mkdtempSync(join(root, ".test-build", "writing-"));
  try {
    const file = join(folder, "tour.ts");
    writeFileSync(file, source);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: "../../tsconfig.json", include: ["tour.ts"], exclude: [] }),
    );
    const types = spawnSync(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", folder], {
      encoding: "utf8",
    });
    assert.is(types.stdout, "");
    assert.is(types.status, 0);
    const { transformSync } = await import("esbuild");
    const built = join(folder, "tour.mjs");
    writeFileSync(built, transformSync(source, { loader: "ts", format: "esm" }).code);
    const tour = (await import(built)) as { default: Parameters<typeof compile>[0] };
    const plan = compile(tour.default, { values: { version: "v1.2.3" } });
    assert.is(
      stepsOf(plan).length,
      (bodies.join("\n").match(/\b(step|checklist|approval|manual|watch|wait|gate|background)\("/g) ?? []).length,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

writing.run();
