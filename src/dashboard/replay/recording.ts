import { type EventLine, EventLines } from '../../events/eventLines.js';
import type { EventReading, RecordedEvents, RecordedRun } from '../../events/recordedEvents.js';

/** A recorded or growing run as lines of NDJSON. */
export interface RecordedBytes extends RecordedRun {
  /** Bytes from this place; empty where there are none yet. A stream has no other place than the one it is at. */
  read(offset: number, length?: number): Promise<Uint8Array>;
}

/** A recorded or growing run. */
export type Recording = RecordedBytes | RecordedEvents;

/** @param place where what was read before has ended */
export function readFrom(recording: Recording, place: number): EventReading {
  return 'eventsFrom' in recording ? recording.eventsFrom(place) : new LineReading(recording, place);
}

class LineReading implements EventReading {
  readonly #recording: RecordedBytes;
  readonly #lines: EventLines;

  constructor(recording: RecordedBytes, place: number) {
    this.#recording = recording;
    this.#lines = new EventLines(place);
  }

  get offset(): number {
    return this.#lines.offset;
  }

  async next(): Promise<readonly EventLine[] | undefined> {
    const { closed } = this.#recording;
    const bytes = await this.#recording.read(this.#lines.offset);
    if (bytes.length > 0) return this.#lines.push(bytes);
    const rest = closed ? this.#lines.flush() : [];
    return rest.length > 0 ? rest : undefined;
  }
}
