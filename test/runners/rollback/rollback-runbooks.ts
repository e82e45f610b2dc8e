import { sh, step } from "../../../dsl/index.ts";

/** A write that says that it happened, and what undoes it, too. */
export const write = (id: string): ReturnType<typeof step> =>
  step(id, `Do ${id}`, sh`echo ${id} >> effects`, { undo: sh`echo undo-${id} >> effects` });

/** Fails until the file `mended` is there. */
export const fail = (): ReturnType<typeof step> => step("fail", "Fail", sh.read`test -e mended`);
