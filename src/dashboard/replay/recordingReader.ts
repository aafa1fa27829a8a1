import type { EventLine } from '../../events/eventLines.js';
import type { EventReading } from '../../events/recordedEvents.js';
import { type Recording, readFrom } from './recording.js';
import { completedLine, isBeyond, movedOn, type Position, type Target, timeAfter } from './replayState.js';

/** Where a cursor got to: at its target, at the end of what can be read now, or on its way. */
export type Arrival = 'there' | 'end' | 'on its way';

/** Goes forward through a recording. Holds what one read gave and no more. */
export class Cursor {
  readonly #reading: EventReading;
  #position: Position;
  #ahead: readonly EventLine[] = [];
  #next = 0;

  constructor(recording: Recording, from: Position) {
    this.#reading = readFrom(recording, from.offset);
    this.#position = from;
  }

  get position(): Position {
    return this.#position;
  }

  /** How far the recording has been read, what waits for its end included. */
  get read(): number {
    return this.#reading.offset;
  }

  /**
   * Goes on toward the target through what is held, or what one read gives.
   * @param onMoved called after every line
   */
  async approach(target: Target, onMoved: (line: EventLine, position: Position) => void = ignore): Promise<Arrival> {
    if (this.#next === this.#ahead.length && !(await this.#readOn())) return 'end';
    while (this.#next < this.#ahead.length) {
      const line = completedLine(this.#ahead[this.#next]!, this.#position);
      if (isBeyond(afterwards(this.#position, line), target)) return 'there';
      this.#position = movedOn(this.#position, line);
      this.#next += 1;
      onMoved(line, this.#position);
    }
    return 'on its way';
  }

  async #readOn(): Promise<boolean> {
    const lines = await this.#reading.next();
    this.#ahead = lines ?? [];
    this.#next = 0;
    return lines !== undefined;
  }
}

function afterwards(position: Position, line: EventLine): Pick<Position, 'time' | 'losses'> {
  return {
    time: timeAfter(position, line),
    losses: position.losses + Number(line.event?.type === 'loss'),
  };
}

function ignore(): void {}
