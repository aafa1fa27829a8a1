// `Nats-Msg-Id` of an event, by which a broker knows it again: RUN:SEQ. A resume goes back and tells other events by the same numbers:
// theirs have when it began behind that, RUN:SEQ:BEGUN. An event that is larger than a message comes in parts, …/PART.OF.

/** One event among all that a broker has. */
export interface EventId {
  readonly seq: number;
  /** When its process went on with the run, in milliseconds since 1970; 0 for the first. */
  readonly begun: number;
  /** Counts from 1. */
  readonly part: number;
  readonly parts: number;
}

export function eventIdText(run: string, { seq, begun, part, parts }: EventId): string {
  const id = `${run}:${seq}${begun === 0 ? '' : `:${begun}`}`;
  return parts === 1 ? id : `${id}/${part}.${parts}`;
}

/** `undefined` where someone else has written the message. */
export function parseEventId(text: string | undefined): EventId | undefined {
  const [, seq, begun = '0', part = '1', parts = '1'] =
    /:(\d{1,15})(?::(\d{1,15}))?(?:\/(\d{1,6})\.(\d{1,6}))?$/.exec(text ?? '') ?? [];
  if (seq === undefined) return undefined;
  return { seq: Number(seq), begun: Number(begun), part: Number(part), parts: Number(parts) };
}
