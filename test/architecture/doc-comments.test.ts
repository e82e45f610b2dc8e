import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type ExportedDeclarations, Node, Project } from "ts-morph";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const entryPoints = [
  "dsl/index.ts",
  "dsl/kubernetes/index.ts",
  "renderers/index.ts",
  "runners/index.ts",
  "runners/testing/index.ts",
  "runbooks/rlhf-audit-trail/index.ts",
];

const docs = suite("doc comments");

docs("stand on everything that an entry point exports", () => {
  const project = new Project({ tsConfigFilePath: `${root}/tsconfig.json`, skipAddingFilesFromTsConfig: true });
  project.addSourceFilesAtPaths(entryPoints.map((path) => `${root}/${path}`));
  project.resolveSourceFileDependencies();
  const missing = entryPoints.flatMap((path) => {
    const exported = project.getSourceFileOrThrow(`${root}/${path}`).getExportedDeclarations();
    return [...exported].filter(([, found]) => !found.some(isDocumented)).map(([name, found]) => describe(name, found));
  });
  assert.equal([...new Set(missing)].sort(), []);
});

/** A constant's comment stands on its statement; that of a namespace export on the file. */
function isDocumented(declaration: ExportedDeclarations): boolean {
  // A runbook says what it is by its title and summary.
  if (declaration.getSourceFile().getBaseName().endsWith(".runbook.ts")) return true;
  if (Node.isSourceFile(declaration)) return declaration.getStatements().length > 0;
  const holder = Node.isVariableDeclaration(declaration) ? declaration.getVariableStatement() : declaration;
  return holder !== undefined && Node.isJSDocable(holder) && holder.getJsDocs().length > 0;
}

function describe(name: string, [first]: readonly ExportedDeclarations[]): string {
  return first === undefined ? name : `${relative(root, first.getSourceFile().getFilePath())}: ${name}`;
}

docs.run();
