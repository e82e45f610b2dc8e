import { posix } from "node:path";
import type { Project } from "ts-morph";
import { type Import, importsOf } from "./imports.ts";

/** The folders that each folder may import by path, besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  dsl: [],
  renderers: ["dsl"],
  runners: ["dsl"],
  cli: ["dsl", "renderers", "runners"],
  runbooks: [],
};

/** Only the runbooks go through the front door, as any other project does. */
const mayImportPackageItself = ["runbooks"];

/** Imports that cross the folders in a direction that is not allowed, one line each. */
export function forbiddenImports(project: Project, root: string): string[] {
  return importsOfProject(project).flatMap((found) => {
    const from = posix.relative(root, found.from);
    const target = targetOf(found, root);
    return isAllowed(folderOf(from), target) ? [] : [`${from} imports ${found.specifier}`];
  });
}

function isAllowed(folder: string, target: string): boolean {
  if (target === "lockstep" || target.startsWith("lockstep/")) return mayImportPackageItself.includes(folder);
  const isPackage = !target.startsWith("./");
  if (isPackage) return true;
  const targetFolder = folderOf(target.slice(2));
  return targetFolder === folder || (mayImport[folder] ?? []).includes(targetFolder);
}

/** Imports by which a room of a folder, such as `cli/history`, needs another room of it, one line each. */
export function importsOfOtherRooms(project: Project, root: string, room: string): string[] {
  const folder = `./${folderOf(room)}/`;
  return importsOfProject(project).flatMap((found) => {
    const from = posix.relative(root, found.from);
    const target = targetOf(found, root);
    const isInside = target.startsWith(`./${room}/`) || !target.startsWith(folder);
    return !from.startsWith(`${room}/`) || isInside ? [] : [`${from} imports ${found.specifier}`];
  });
}

/** Names of the packages that the project loads at run time, sorted. */
export function importedPackages(project: Project): string[] {
  const specifiers = importsOfProject(project)
    .filter(({ isType }) => !isType)
    .map(({ specifier }) => specifier);
  const names = specifiers.filter((specifier) => !/^(\.|node:|lockstep(\/|$))/.test(specifier)).map(packageOf);
  return [...new Set(names)].sort();
}

/** The files that load a package at run time. */
export function loadersOf(project: Project, root: string, name: string): string[] {
  const loading = importsOfProject(project).filter(({ isType, specifier }) => !isType && packageOf(specifier) === name);
  return [...new Set(loading.map(({ from }) => posix.relative(root, from)))];
}

function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** Packages among `heavy` that are loaded together with the file `entry`, with the chain of files that leads there. */
export function eagerlyLoaded(project: Project, entry: string, heavy: readonly string[]): string[] {
  const arrivedFrom = new Map<string, string | undefined>([[entry, undefined]]);
  const found: string[] = [];
  for (const path of arrivedFrom.keys()) {
    const file = project.getSourceFile(path);
    for (const { specifier } of file === undefined ? [] : importsOf(file).filter(({ isStatic }) => isStatic)) {
      if (specifier.startsWith(".")) {
        const target = posix.join(posix.dirname(path), specifier);
        if (!arrivedFrom.has(target)) arrivedFrom.set(target, path);
      } else if (heavy.some((name) => specifier === name || specifier.startsWith(`${name}/`))) {
        found.push([...chainTo(path, arrivedFrom), specifier].join(" -> "));
      }
    }
  }
  return found;
}

function chainTo(path: string, arrivedFrom: ReadonlyMap<string, string | undefined>): string[] {
  const before = arrivedFrom.get(path);
  return before === undefined ? [path] : [...chainTo(before, arrivedFrom), path];
}

function importsOfProject(project: Project): Import[] {
  return project.getSourceFiles().flatMap(importsOf);
}

/** `./dsl/x.ts` for what is in the project, the specifier itself for a package. */
function targetOf({ from, specifier }: Import, root: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return `./${posix.relative(root, posix.join(posix.dirname(from), specifier))}`;
}

function folderOf(path: string): string {
  return path.split("/")[0] ?? "";
}
