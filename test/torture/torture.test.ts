import { suite } from "uvu";
import * as assert from "uvu/assert";
import { describe } from "./describe-ordeal.ts";
import { undergo } from "./ordeal.ts";

const test = suite("the crash torture");
const runs = 24;
const first = 1;

/** Four at a time: they wait more than they work. */
const ordeals = new Map<number, ReturnType<typeof undergo>>();
function ordealOf(seed: number): ReturnType<typeof undergo> {
  for (let ahead = seed; ahead < seed + 4; ahead += 1)
    if (ahead < first + runs && !ordeals.has(ahead)) ordeals.set(ahead, undergo(ahead));
  return ordeals.get(seed) ?? undergo(seed);
}

for (let seed = first; seed < first + runs; seed += 1)
  test(`killed again and again, a run keeps every promise (seed ${seed})`, async () => {
    const ordeal = await ordealOf(seed);
    assert.is(ordeal.breaches.length, 0, describe(ordeal));
  });

test.run();
