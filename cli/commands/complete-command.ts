import type { CommandModule } from "./command-module.ts";
const x: CommandModule = { examples: [], define() {} };
export default x;
