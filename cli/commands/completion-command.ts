import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { completionScripts } from "../completion/completion-scripts.ts";
import type { CommandModule } from "./command-module.ts";

const completionCommand: CommandModule = {
  about:
    "Completes commands, options, ids of runbooks, runs and steps, environments, and names and values of parameters; as npx lockstep, too.",
  examples: [
    'eval "$(lockstep completion bash)"        # in ~/.bashrc',
    'eval "$(lockstep completion zsh)"         # in ~/.zshrc, after compinit',
    "lockstep completion fish | source         # in ~/.config/fish/config.fish",
    'eval "$(npx lockstep completion bash)"    # for a shell in a project',
  ],
  define(command) {
    command.argument("SHELL", "bash, zsh or fish").action((shell: string) => {
      const script = Object.hasOwn(completionScripts, shell) ? completionScripts[shell] : undefined;
      const names = Object.keys(completionScripts);
      if (script === undefined)
        throw new LockstepError({
          code: "bad-argument",
          message: `there is no completion for "${shell}"`,
          hint: `There is one for ${names.join(", ")}`,
        });
      process.stdout.write(script);
    });
  },
};

export default completionCommand;
