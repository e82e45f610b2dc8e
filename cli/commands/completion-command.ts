import { Argument } from "commander";
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
    command
      .addArgument(new Argument("SHELL", "the shell").choices(Object.keys(completionScripts)))
      .action((shell: string) => void process.stdout.write(completionScripts[shell] ?? ""));
  },
};

export default completionCommand;
