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

/** The error for a person with which something that takes time ends. */
export async function rejectionOf(begun: Promise<unknown>): Promise<LockstepError> {
  const failed = await begun.then(
    () => undefined,
    (error: unknown) => error,
  );
  return errorOf(() => {
    if (failed !== undefined) throw failed;
  });
}
