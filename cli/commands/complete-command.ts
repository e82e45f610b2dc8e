import { completeWords } from "../completion/word-completer.ts";
import { inertText } from "../output/inert-text.ts";
import type { CommandModule } from "./command-module.ts";

const completeCommand: CommandModule = {
  examples: ["lockstep __complete -- run he"],
  define(command) {
    command.argument("[WORDS...]").action(async (words: string[]) => {
      // a shell that asks for candidates must never see an error
      const candidates = await completeWords(words).catch(() => []);
      process.stdout.write(
        candidates
          // what has two lines would be two candidates
          .filter(({ value }) => inertText(value) === value)
          .map(({ value, meaning }) => `${value}${meaning ? `\t${inertText(meaning)}` : ""}\n`)
          .join(""),
      );
    });
  },
};

export default completeCommand;
