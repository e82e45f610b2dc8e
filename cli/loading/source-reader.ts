import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import type { Node as AnyNode, Project, SourceFile } from "ts-morph";
import type { SourceReader } from "../../dsl/plan/source-reader.ts";

const require = createRequire(import.meta.url);

/** Loaded when a `code` step is compiled, which does not wait: most runbooks have none, and it takes long. */
const requireMorph = (): typeof import("ts-morph") => require("ts-morph");

/** Reads the function that stands in a `code(...)`, as its author wrote it, by the position of the call. */
export function createSourceReader(): SourceReader {
  let project: Project | undefined;
  return ({ file, line, column }) => {
    project ??= createProject();
    const source = open(project, file);
    return source && functionAt(source, line, column);
  };
}

function createProject(): Project {
  const { Project } = requireMorph();
  return new Project({
    useInMemoryFileSystem: false,
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
  });
}

function open(project: Project, file: string): SourceFile | undefined {
  return project.getSourceFile(file) ?? (existsSync(file) ? project.addSourceFileAtPath(file) : undefined);
}

function functionAt(source: SourceFile, line: number, column: number): string | undefined {
  const { Node } = requireMorph();
  const at = source.compilerNode.getPositionOfLineAndCharacter(line - 1, column - 1);
  const call = source
    .getDescendantAtPos(at)
    ?.getFirstAncestor((node) => Node.isCallExpression(node) && /\bcode\b/.test(node.getExpression().getText()));
  const [argument] = call && Node.isCallExpression(call) ? call.getArguments() : [];
  const written = argument && Node.isIdentifier(argument) ? declarationOf(source, argument.getText()) : argument;
  return written && dedent(written.getText());
}

/** A function that is named only is shown by what it does; one of another file by its own text, which is undefined here. */
function declarationOf(source: SourceFile, name: string): AnyNode | undefined {
  return source.getFunction(name) ?? source.getVariableDeclaration(name)?.getInitializer();
}

/** The lines after the first stand as deep as they stood in the file. */
function dedent(text: string): string {
  const [first = "", ...rest] = text.split("\n");
  const depth = Math.min(...rest.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
  return [first, ...rest.map((line) => line.slice(Number.isFinite(depth) ? depth : 0))].join("\n");
}
