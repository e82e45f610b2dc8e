import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { loadSettings, type ProjectSettings } from "./config-loader.ts";
import { findProjectRoot } from "./project-root.ts";

/** A folder with runbooks, and what its config says without being imported. */
export interface Project {
  /** Absolute. */
  readonly root: string;
  readonly settings: ProjectSettings;
}

/** The project around a folder; the folder itself where there is none. */
export async function openProject(folder: string = process.cwd()): Promise<Project> {
  const root = findProjectRoot(resolve(folder)) ?? resolve(folder);
  return { root, settings: await loadSettings(root) };
}

/** The project around a runbook's file; the current folder where there is none. */
export async function openProjectOf(file: string): Promise<Project> {
  const root = findProjectRoot(dirname(resolve(file))) ?? process.cwd();
  return { root, settings: await loadSettings(root) };
}

/** Whether a word names a file, not the id of a runbook. */
export function isPath(idOrFile: string): boolean {
  return (
    /[\\/]/.test(idOrFile) ||
    /\.[cm]?[jt]s$/.test(idOrFile) ||
    (idOrFile.includes(".") && existsSync(join(process.cwd(), idOrFile)))
  );
}
