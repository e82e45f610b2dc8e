import { Option } from "commander";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { loadConfig } from "../loading/config-loader.ts";
import { signersOf } from "../loading/project-signers.ts";
import { findRunbook, loadById } from "../loading/runbook-finder.ts";
import { writeDryRun } from "../output/dry-run-writer.ts";
import { compileAsking } from "../params/compile-asking.ts";
import { compileWith } from "../params/compile-with.ts";
import { addParameterFlags, flagValues } from "../params/parameter-flags.ts";
import { runbookIn } from "../params/runbook-argument.ts";
import { addValueOptions, type ValueOptions } from "../params/value-options.ts";
import { admit, refusalOf } from "../runs/admit.ts";
import { readPlace } from "../runs/place-reader.ts";
import { followRun } from "../runs/run-follower.ts";
import {
  addOutputOptions,
  addTerminalOptions,
  attendanceOf,
  type OutputOptions,
  verbosityOf,
} from "../runs/run-output-options.ts";
import { resolveSecrets } from "../secrets/secret-resolver.ts";
import type { CommandModule } from "./command-module.ts";

interface RunCommandOptions extends ValueOptions, OutputOptions {
  readonly dryRun?: string;
}

const runCommand: CommandModule = {
  about:
    "Values: a parameter's default, then --env, then --params, then -p; the later wins. Secrets come from where the runbook says, never from here. lockstep run ID --help lists the parameters of ID.",
  examples: [
    "lockstep run hello",
    "lockstep run hello --step",
    "lockstep run hello --dry-run",
    "lockstep run deploy --env staging -p version=v1.2.3",
    "lockstep run deploy --params values.json --auto --json > events.ndjson",
  ],
  // an optional value would swallow the id in `run --dry-run ID`
  prepare: (argv) => argv.map((word) => (word === "--dry-run" ? "--dry-run=plain" : word)),
  async define(command, argv) {
    command.argument("ID", "id of a runbook, or path of its file");
    const dryRun = new Option(
      "--dry-run [read]",
      "print every step as it would run, and touch nothing; =read also runs the reads",
    )
      .choices(["read"])
      // which knows no `plain`, as it stands for none
      .argParser((mode) => mode)
      .conflicts(["quiet", "verbose", "step", "plain", "ascii"]);
    // as it must be typed: a word of its own would be the id
    dryRun.flags = "--dry-run[=read]";
    addValueOptions(command).addOption(dryRun);
    addTerminalOptions(command);
    addOutputOptions(command);
    const id = runbookIn(argv);
    const params = id === undefined ? {} : (await findRunbook(id)).found.params;
    const flags = addParameterFlags(command, params);
    command.action((typed: string, options: RunCommandOptions & Record<string, unknown>) =>
      start(typed, options, flagValues(flags, options)),
    );
  },
};

export default runCommand;

async function start(id: string, options: RunCommandOptions, flags: Readonly<Record<string, unknown>>): Promise<void> {
  const loaded = await loadById(id);
  const { root, project } = loaded;
  const { dryRun, run } = await import("../../runners/index.ts");
  if (options.dryRun !== undefined) {
    const plan = await compileWith(loaded, options, { flags });
    const evaluate = isEvaluated(options.dryRun);
    const { settings } = project;
    if (evaluate) await admit(plan, { purpose: "reads", root, settings, isAttended: false });
    const secrets = evaluate ? await resolveSecrets(plan, root) : {};
    return writeDryRun(dryRun(plan, { root, evaluate, secrets }), plan, {
      json: options.json === true,
      refusal: await refusalOf(plan, { root, settings }),
    });
  }
  const attendance = attendanceOf(options);
  const compiled = await compileAsking(loaded, options, flags, attendance);
  if ("left" in compiled) {
    process.exitCode = compiled.left;
    return;
  }
  const { plan, secrets } = compiled;
  const { config } = await loadConfig(root);
  const place = await readPlace(plan, root);
  const common = {
    place,
    root,
    secrets,
    roles: project.settings.roles,
    ...signersOf(root, project.settings),
    hooks: config.hooks ?? [],
  };
  await followRun((attended) => run(plan, { ...common, ...attended }), {
    plan,
    root,
    place,
    purpose: "run",
    roles: project.settings.roles,
    ...signersOf(root, project.settings),
    json: options.json === true,
    verbosity: verbosityOf(options),
    attendance,
  });
}

function isEvaluated(mode: string): boolean {
  if (mode === "plain" || mode === "read") return mode === "read";
  throw new LockstepError({
    code: "bad-argument",
    message: `--dry-run takes read, not "${mode}"`,
    hint: "Write --dry-run, or --dry-run=read",
  });
}
