/** Writes the times of a run: a time of day, with the date where it is another than the run began on. */
export interface ReportClock {
  time(at: string): string;
  full(at: string): string;
}

/** @throws RangeError for a time zone that does not exist. */
export function createClock(timeZone: string, startedAt: string | undefined): ReportClock {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
    hourCycle: "h23",
  });
  const parts = (at: string): { readonly date: string; readonly time: string } => {
    const found = Object.fromEntries(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
    return { date: `${found.year}-${found.month}-${found.day}`, time: `${found.hour}:${found.minute}:${found.second}` };
  };
  const firstDay = startedAt === undefined ? undefined : parts(startedAt).date;
  return {
    time: (at) => {
      const { date, time } = parts(at);
      return date === firstDay ? time : `${date} ${time}`;
    },
    full: (at) => `${parts(at).date} ${parts(at).time} ${timeZone}`,
  };
}
