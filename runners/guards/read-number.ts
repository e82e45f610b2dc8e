import type { Reading } from "../../dsl/measurements/measurement.ts";
import { atPointer } from "../engine/judge.ts";

/** One number, or why there is none. */
export type NumberReading = { readonly value: number } | { readonly reason: string };

/** Reads the number of a measurement from what its query printed. */
export function readNumber(reading: Reading, stdout: string, now: number, maxAgeSeconds: number): NumberReading {
  switch (reading.kind) {
    case "number":
      return onlyNumber(stdout);
    case "json":
      return fromJson(stdout, (document) => toNumber(atPointer(document, reading.pointer)));
    case "prometheus":
      return fromJson(stdout, (document) => fromPrometheus(document, now, maxAgeSeconds));
  }
}

function onlyNumber(stdout: string): NumberReading {
  const words = stdout
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return { reason: "it printed nothing" };
  if (words.length > 1) return { reason: "it printed more than one value" };
  return toNumber(words[0]);
}

function fromJson(stdout: string, read: (document: unknown) => NumberReading): NumberReading {
  try {
    return read(JSON.parse(stdout));
  } catch {
    return { reason: stdout.trim() === "" ? "it printed nothing" : "it printed no JSON" };
  }
}

/** An instant query's answer: `data.result` holds one series, whose `value` is `[time, "number"]`. */
function fromPrometheus(document: unknown, now: number, maxAgeSeconds: number): NumberReading {
  const { status, error, data } = document as {
    status?: string;
    error?: string;
    data?: { resultType?: string; result?: unknown };
  };
  if (status !== "success") return { reason: error ?? "the query did not succeed" };
  const series = data?.resultType === "scalar" ? [{ value: data.result }] : data?.result;
  if (!Array.isArray(series)) return { reason: "the answer has no result" };
  if (series.length === 0) return { reason: "no series" };
  if (series.length > 1) return { reason: `${series.length} series instead of one` };
  const [time, value] = ((series[0] as { value?: unknown }).value ?? []) as [number?, string?];
  if (time !== undefined && now / 1000 - time > maxAgeSeconds)
    return { reason: `it is ${Math.round(now / 1000 - time)}s old` };
  return toNumber(value);
}

function toNumber(value: unknown): NumberReading {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number)) return { value: number };
  return { reason: value === undefined || value === null ? "no value" : `${String(value)} is no number` };
}
