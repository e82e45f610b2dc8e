/** Local `HH:MM:SS` of a UTC time. */
export function timeText(at: string | Date): string {
  return new Date(at).toLocaleTimeString("en-GB", { hour12: false });
}

/** `today 03:07` or `23 Nov 16:20`, with the year where it is another one. */
export function dayText(at: string, now: Date = new Date()): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", hour12: false });
  if (date.toDateString() === now.toDateString()) return `today ${time}`;
  const sameYear = date.getFullYear() === now.getFullYear();
  const day = date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  });
  return `${day} ${time}`;
}

/** `CET`, or `GMT+1` where the zone has no short name. */
export function zoneText(at: string | Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" }).formatToParts(new Date(at));
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}
