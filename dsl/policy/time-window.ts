import { dayNames, type TimeWindow } from "./policy.ts";

/** What a clock on the wall of a place shows. */
interface WallClock {
  /** 0 is Monday. */
  readonly day: number;
  /** Minutes since midnight. */
  readonly minute: number;
}

const minuteLength = 60_000;
/** A window that opens once a week, in an hour that daylight saving leaves out, opens the week after. */
const searchedMinutes = 15 * 24 * 60;

/**
 * Whether a window is open at an instant, by the wall clock there. An hour that a clock skips is open to nobody; one
 * that it shows twice is open twice.
 */
export function isOpen(window: TimeWindow, at: Date): boolean {
  return isOpenBy(window, wallClockOf(window.timeZone)(at));
}

/** When it is open next: now, or the first minute at which it will be. Undefined: not within two weeks. */
export function nextOpening(window: TimeWindow, at: Date): Date | undefined {
  const read = wallClockOf(window.timeZone);
  if (isOpenBy(window, read(at))) return at;
  const minute = Math.floor(at.getTime() / minuteLength);
  for (let later = 1; later <= searchedMinutes; later += 1) {
    const instant = new Date((minute + later) * minuteLength);
    if (isOpenBy(window, read(instant))) return instant;
  }
  return undefined;
}

/** "Monday 2026-03-30 09:00 (Europe/Berlin)". */
export function openingText({ timeZone }: TimeWindow, at: Date): string {
  const parts = partsOf(at, formatOf(timeZone));
  return `${parts["weekday"]} ${parts["year"]}-${parts["month"]}-${parts["day"]} ${parts["hour"]}:${parts["minute"]} (${timeZone})`;
}

function isOpenBy({ days = dayNames, from, to }: TimeWindow, { day, minute }: WallClock): boolean {
  const opens = (of: number): boolean => days.includes(dayNames[(of + 7) % 7] as (typeof dayNames)[number]);
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  if (begin < end) return opens(day) && minute >= begin && minute < end;
  // over midnight it belongs to the day on which it opened
  return (opens(day) && minute >= begin) || (opens(day - 1) && minute < end);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function wallClockOf(timeZone: string): (at: Date) => WallClock {
  const format = formatOf(timeZone);
  return (at) => {
    const { weekday = "", hour, minute } = partsOf(at, format);
    return {
      day: dayNames.indexOf(weekday.toLowerCase() as (typeof dayNames)[number]),
      minute: Number(hour) * 60 + Number(minute),
    };
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    weekday: "long",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
}

function partsOf(at: Date, format: Intl.DateTimeFormat): Readonly<Record<string, string>> {
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}
