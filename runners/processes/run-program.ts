import { type ExecaMethod, execa } from "execa";

/**
 * Runs another program. execa's own clean-up at the end of lockstep is off: it listens to SIGXFSZ for a while, and leaves that
 * signal to the system afterwards, which kills where a file may not grow. Node had ignored it, so that the write fails.
 */
export const runProgram: ExecaMethod<{ readonly cleanup: false }> = execa({ cleanup: false });
