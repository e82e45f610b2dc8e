export { LockstepError } from "./errors/lockstep-error.ts";
