/** What is sent to a run from elsewhere: an answer to what it asks, such as an approval. */
export interface InboxLetter {
  /** What it is, such as `approve`; the engine knows the kinds. */
  readonly kind: string;
  /** The id of the step that it is about. */
  readonly step: string;
  /** The user who sends it. */
  readonly by: string;
  /** The machine that it was sent from; left out, this one. */
  readonly host?: string;
  /** When it was sent: UTC, ISO 8601; left out, now. */
  readonly at?: string;
  /** Whatever else belongs to its kind; what JSON can hold. */
  readonly [field: string]: unknown;
}

/** A message that waits in an inbox. One that cannot be read has the kind `unreadable` and a `reason`, so that none is lost without a word. */
export interface InboxMessage extends InboxLetter {
  readonly v: 1;
  readonly host: string;
  readonly at: string;
  /** Where it is kept until it is journaled. */
  readonly file: string;
  /** The user of the operating system whose file it is, by name. */
  readonly owner?: string;
}

/** The message in a file of the inbox, whatever that holds. */
export function parseInboxMessage(file: string, text: string): InboxMessage {
  const value = parseObject(text);
  if (!value) return unreadableMessage(file, "it is not JSON");
  if (value.v !== 1)
    return unreadableMessage(file, `its version is ${JSON.stringify(value.v)}, and this lockstep knows 1`);
  const missing = ["kind", "step", "by", "host", "at"].find((field) => typeof value[field] !== "string");
  if (missing) return unreadableMessage(file, `it has no ${missing}`);
  const { owner: _claimed, ...said } = value;
  return { ...said, file } as unknown as InboxMessage;
}

/** What stands in for a message that cannot be read. */
export function unreadableMessage(file: string, reason: string): InboxMessage {
  return { v: 1, kind: "unreadable", step: "", by: "", host: "", at: "", reason, file };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
