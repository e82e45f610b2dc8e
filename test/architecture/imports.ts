import { Project, type SourceFile, SyntaxKind } from "ts-morph";

/** One import of a file, as it is written. */
export interface Import {
  readonly from: string;
  readonly specifier: string;
  /** Whether it is loaded together with the file: neither `import type` nor `await import(...)`. */
  readonly isStatic: boolean;
  /** Whether it is gone at run time. */
  readonly isType: boolean;
}

export function readProject(root: string, folders: readonly string[]): Project {
  const project = new Project({ skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true });
  project.addSourceFilesAtPaths(folders.map((folder) => `${root}/${folder}/**/*.ts`));
  return project;
}

/** Every import, re-export, dynamic import, `require` and type import of a file. */
export function importsOf(file: SourceFile): Import[] {
  const from = file.getFilePath();
  const declared = [...file.getImportDeclarations(), ...file.getExportDeclarations()].flatMap((declaration) => {
    const specifier = declaration.getModuleSpecifierValue();
    // With verbatimModuleSyntax, what `import { type A }` names is loaded all the same.
    const isType = declaration.isTypeOnly();
    return specifier === undefined ? [] : [{ from, specifier, isStatic: !isType, isType }];
  });
  const dynamic = file.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
    const called = call.getExpression();
    if (called.getKind() !== SyntaxKind.ImportKeyword && called.getText() !== "require") return [];
    const argument = call.getArguments()[0]?.asKind(SyntaxKind.StringLiteral);
    return argument === undefined
      ? []
      : [{ from, specifier: argument.getLiteralValue(), isStatic: false, isType: false }];
  });
  const types = file.getDescendantsOfKind(SyntaxKind.ImportType).flatMap((node) => {
    const specifier = /^import\("([^"]+)"\)/.exec(node.getText())?.[1];
    return specifier === undefined ? [] : [{ from, specifier, isStatic: false, isType: true }];
  });
  return [...declared, ...dynamic, ...types];
}
