import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { dayNames, type TimeWindow } from "../../../dsl/policy/policy.ts";
import { windowWords } from "../../../dsl/policy/policy-words.ts";
import { isOpen, nextOpening, openingText } from "../../../dsl/policy/time-window.ts";

const test = suite("hours of destructive steps");
const minute = 60_000;

/** Zones with a change by an hour, by half an hour, at midnight, by a whole day, and with none. */
const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Africa/Cairo",
  "Pacific/Apia",
  "Asia/Kathmandu",
  "UTC",
] as const;

/** The machine's own clock in that zone: another way to the same hours. */
function onMachine<T>(timeZone: string, look: () => T): T {
  const before = process.env["TZ"];
  process.env["TZ"] = timeZone;
  try {
    return look();
  } finally {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  }
}

/** Open or not by the definition, word for word. */
function isOpenByMachine({ days, from, to, timeZone }: TimeWindow, at: Date): boolean {
  return onMachine(timeZone, () => {
    const time = `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
    const today = dayNames[(at.getDay() + 6) % 7] as (typeof dayNames)[number];
    const yesterday = dayNames[(at.getDay() + 5) % 7] as (typeof dayNames)[number];
    const on = (day: (typeof dayNames)[number]): boolean => days === undefined || days.includes(day);
    if (from < to) return on(today) && time >= from && time < to;
    return (on(today) && time >= from) || (on(yesterday) && time < to);
  });
}

const timeOfDay = fc
  .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
  .map(({ hour, minute: past }) => `${String(hour).padStart(2, "0")}:${String(past).padStart(2, "0")}`);

const windows: fc.Arbitrary<TimeWindow> = fc
  .record(
    {
      days: fc.uniqueArray(fc.constantFrom(...dayNames), { minLength: 1, maxLength: 7 }),
      from: timeOfDay,
      to: fc.oneof(timeOfDay, fc.constant("24:00")),
      timeZone: fc.constantFrom(...zones),
    },
    { requiredKeys: ["from", "to", "timeZone"] },
  )
  .filter(({ from, to }) => from !== to);

/** Near the changes of daylight saving, which are all in these weeks, and anywhere else. */
const instants = fc
  .oneof(
    ...[
      "2026-03-08",
      "2026-03-29",
      "2026-04-04",
      "2026-04-24",
      "2026-09-06",
      "2026-10-25",
      "2026-10-30",
      "2011-12-30",
    ].map((day) =>
      fc.integer({ min: -36 * 60, max: 36 * 60 }).map((minutes) => Date.parse(`${day}T00:00:00Z`) + minutes * minute),
    ),
    fc.integer({ min: Date.parse("2005-01-01"), max: Date.parse("2037-01-01") }),
  )
  .map((time) => new Date(time));

test("are by the wall clock of the zone, wherever daylight saving begins or ends", () => {
  fc.assert(
    fc.property(windows, instants, (window, at) => isOpen(window, at) === isOpenByMachine(window, at)),
    { numRuns: 3000 },
  );
});

test("open next at the first minute at which they are open", () => {
  fc.assert(
    fc.property(windows, instants, (window, at) => {
      const next = nextOpening(window, at);
      if (isOpenByMachine(window, at)) return next?.getTime() === at.getTime();
      if (next === undefined || !isOpenByMachine(window, next)) return false;
      return onMachine(window.timeZone, () => {
        for (let time = at.getTime(); time < next.getTime(); time += 7 * minute)
          if (isOpenByMachine(window, new Date(time))) return false;
        return !isOpenByMachine(window, new Date(next.getTime() - minute));
      });
    }),
    { numRuns: 100 },
  );
});

const night: TimeWindow = { days: ["friday"], from: "22:00", to: "06:00", timeZone: "Europe/Berlin" };

test("over midnight belong to the day on which they open", () => {
  for (const [at, open] of [
    ["2026-06-05T19:59:59Z", false],
    ["2026-06-05T20:00:00Z", true],
    ["2026-06-06T03:59:59Z", true],
    ["2026-06-06T04:00:00Z", false],
    ["2026-06-06T20:30:00Z", false],
    ["2026-06-05T01:00:00Z", false],
  ] as const)
    assert.is(isOpen(night, new Date(at)), open, at);
});

test("that daylight saving leaves out do not come on that day", () => {
  const skipped: TimeWindow = { from: "02:15", to: "02:45", timeZone: "Europe/Berlin" };
  // 2026-03-29: 01:59 is followed by 03:00
  assert.is(nextOpening(skipped, new Date("2026-03-28T12:00:00Z"))?.toISOString(), "2026-03-30T00:15:00.000Z");
  const weekly: TimeWindow = { ...skipped, days: ["sunday"] };
  assert.is(nextOpening(weekly, new Date("2026-03-28T12:00:00Z"))?.toISOString(), "2026-04-05T00:15:00.000Z");
});

test("that begin in the hour that is left out open when it is over", () => {
  const window: TimeWindow = { from: "02:30", to: "05:00", timeZone: "Europe/Berlin" };
  assert.is(nextOpening(window, new Date("2026-03-29T00:00:00Z"))?.toISOString(), "2026-03-29T01:00:00.000Z");
});

test("of an hour that a clock shows twice are open twice, and not in between", () => {
  const window: TimeWindow = { from: "02:15", to: "02:45", timeZone: "Europe/Berlin" };
  // 2026-10-25: 02:59 summer time is followed by 02:00
  for (const [at, open] of [
    ["2026-10-25T00:20:00Z", true],
    ["2026-10-25T00:50:00Z", false],
    ["2026-10-25T01:20:00Z", true],
    ["2026-10-25T01:50:00Z", false],
  ] as const)
    assert.is(isOpen(window, new Date(at)), open, at);
});

test("are said in words", () => {
  assert.is(windowWords(night), "Friday, 22:00 to 06:00 (Europe/Berlin)");
  assert.is(windowWords({ from: "00:00", to: "24:00", timeZone: "UTC" }), "daily, 00:00 to 24:00 (UTC)");
  assert.is(
    windowWords({ ...night, days: ["thursday", "monday", "tuesday", "wednesday", "sunday"] }),
    "Monday to Thursday, Sunday, 22:00 to 06:00 (Europe/Berlin)",
  );
  assert.is(openingText(night, new Date("2026-06-05T20:00:00Z")), "Friday 2026-06-05 22:00 (Europe/Berlin)");
});

test.run();
