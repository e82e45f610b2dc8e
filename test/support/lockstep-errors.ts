import { LockstepError } from "../../dsl/errors/lockstep-error.ts";

/** The error that `run` throws for a person; anything else, or none, fails the test. */
export function errorOf(run: () => unknown): LockstepError {
  try {
    run();
  } catch (error) {
    if (error instanceof LockstepError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
