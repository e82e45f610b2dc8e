import { type Clock, createClock } from "../../runners/journal/clock.ts";

/** A clock whose time passes by itself and can be moved on: within the boot (`pass`), or by the wall alone (`jump`). */
export function movableClock(
  boot: string = createClock().boot,
): Clock & { pass(seconds: number): void; jump(seconds: number): void } {
  const real = createClock();
  let passed = 0;
  let jumped = 0;
  return {
    boot,
    mono: () => real.mono() + passed * 1000,
    now: () => new Date(real.now().getTime() + (passed + jumped) * 1000),
    pass: (more) => {
      passed += more;
    },
    jump: (more) => {
      jumped += more;
    },
  };
}
