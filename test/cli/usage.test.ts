import { Command } from "commander";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { commandTable } from "../../cli/command-table.ts";

const usage = suite("usage");

for (const { name, usage: shown, load } of commandTable.filter((entry) => !entry.hidden))
  usage(`of ${name} names the arguments that it takes, and which may be left out`, async () => {
    const command = new Command(name);
    await (await load()).default.define(command, []);
    const taken = command.registeredArguments.map((argument) => {
      const dots = argument.variadic ? "..." : "";
      return argument.required ? `${argument.name()}${dots}` : `[${argument.name()}${dots}]`;
    });
    // one step of a log may be several words: "Undo 3.2"
    assert.is(shown, taken.join(" ").replace("[STEP...]", "[STEP]"));
  });

usage.run();
