import { existsSync } from "node:fs";
import { Node, Project, type SourceFile } from "ts-morph";
import type { SourcePosition } from "../../dsl/errors/source-position.ts";

/** Reads the function that stands in a `code(...)`, as its author wrote it, by the position of the call. */
export function createSourceReader(): (position: SourcePosition) => string | undefined {
  const project = new Project({
    useInMemoryFileSystem: false,
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
  });
  return ({ file, line, column }) => {
    const source = open(project, file);
    return source && functionAt(source, line, column);
  };
}

function open(project: Project, file: string): SourceFile | undefined {
  return project.getSourceFile(file) ?? (existsSync(file) ? project.addSourceFileAtPath(file) : undefined);
}

function functionAt(source: SourceFile, line: number, column: number): string | undefined {
  const at = source.compilerNode.getPositionOfLineAndCharacter(line - 1, column - 1);
  const call = source
    .getDescendantAtPos(at)
    ?.getFirstAncestor((node) => Node.isCallExpression(node) && /\bcode\b/.test(node.getExpression().getText()));
  const [argument] = call && Node.isCallExpression(call) ? call.getArguments() : [];
  const written = argument && Node.isIdentifier(argument) ? declarationOf(source, argument.getText()) : argument;
  return written && dedent(written.getText());
}

/** A function that is named only is shown by what it does; one of another file by its own text, which is undefined here. */
function declarationOf(source: SourceFile, name: string): Node | undefined {
  return source.getFunction(name) ?? source.getVariableDeclaration(name)?.getInitializer();
}

/** The lines after the first stand as deep as they stood in the file. */
function dedent(text: string): string {
  const [first = "", ...rest] = text.split("\n");
  const depth = Math.min(...rest.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
  return [first, ...rest.map((line) => line.slice(Number.isFinite(depth) ? depth : 0))].join("\n");
}
