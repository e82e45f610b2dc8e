import type { ParamDeclaration, SecretSource } from "../../dsl/params/param.ts";

/** The ways in which a runbook lets a secret come. */
export function howToGive(flag: string, declaration: Extract<ParamDeclaration, { type: "secret" }>): string {
  const ways = waysOf(declaration.from ?? {});
  if (ways.length > 0) return ways.join(", or ");
  return `Run it in a terminal, which asks for it; or let the runbook name a source: ${flag}: param.secret({ from: { env: "NAME" } })`;
}

function waysOf({ env, file, command, prompt }: SecretSource): string[] {
  return [
    ...(env === undefined ? [] : [`Set the environment variable ${env}`]),
    ...(file === undefined ? [] : [`${env === undefined ? "Put" : "put"} it into the file ${file}`]),
    ...(command === undefined ? [] : [`see that this prints it: ${command}`]),
    ...(prompt && (env ?? file ?? command) !== undefined ? ["run it in a terminal, which asks for it"] : []),
  ];
}
