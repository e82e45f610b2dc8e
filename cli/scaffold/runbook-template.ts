/** A first runbook: a parameter, a read, a write with its undo, and a check that shows that it worked. */
export function runbookTemplate(id: string): string {
  const title = id.charAt(0).toUpperCase() + id.slice(1).replaceAll("-", " ");
  return `import { param, runbook, section, sh, step } from "lockstep";

export default runbook(
  {
    id: "${id}",
    title: "${title}",
    summary: "Writes a greeting, and looks whether it is there. Change the steps to what you do by hand today.",
    params: {
      name: param.string({ default: "world", meaning: "Who is greeted" }),
    },
  },
  (p) => [
    section("prepare", "Prepare", [step("tools", "Look at the tools", sh.read\`bash --version\`, { expect: "bash" })]),
    section("greet", "Greet", [
      step("write", "Write the greeting", sh\`echo "Hello, \${p.name}" > greeting.txt\`, {
        undo: sh\`rm -f greeting.txt\`,
      }),
      step("check", "Check the greeting", sh.read\`cat greeting.txt\`, { expect: "Hello" }),
    ]),
  ],
);
`;
}

/** Makes the TypeScript of an empty folder ECMAScript modules, also for an editor. */
export const packageTemplate: string = `${JSON.stringify({ private: true, type: "module" }, undefined, 2)}\n`;

/** Types for editors and \`tsc\`; running needs none of it. */
export const tsconfigTemplate: string = `${JSON.stringify(
  {
    compilerOptions: {
      target: "es2023",
      module: "nodenext",
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
    },
    include: ["runbooks", "lockstep.config.ts"],
  },
  undefined,
  2,
)}\n`;
