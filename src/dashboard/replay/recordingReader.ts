import { type EventLine, EventLines } from '../../events/eventLines.js';
import type { Recording } from './recording.js';
import { completedLine, isBeyond, movedOn, type Position, type Target, timeAfter } from './replayState.js';

/** Where a cursor got to: at its target, at the end of what can be read now, or on its way. */
export type Arrival = 'there' | 'end' | 'on its way';

/** Goes forward through a recording. Holds what one read gave and no more. */
export class Cursor {
  readonly #recording: Recording;
  readonly #lines: EventLines;
  #position: Position;
  #ahead: readonly EventLine[] = [];
  #next = 0;

  constructor(recording: Recording, from: Position) {
    this.#recording = recording;
    this.#lines = new EventLines(from.offset);
    this.#position = from;
  }

  get position(): Position {
    return this.#position;
  }

  /** How far the recording has been read, lines that wait for their end included. */
  get read(): number {
    return this.#lines.offset;
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
    const { closed } = this.#recording;
    const bytes = await this.#recording.read(this.#lines.offset);
    this.#ahead = bytes.length > 0 ? this.#lines.push(bytes) : closed ? this.#lines.flush() : [];
    this.#next = 0;
    return bytes.length > 0 || this.#ahead.length > 0;
  }
}

function afterwards(position: Position, line: EventLine): Pick<Position, 'time' | 'losses'> {
  return {
    time: timeAfter(position, line),
    losses: position.losses + Number(line.event?.type === 'loss'),
  };
}

function ignore(): void {}
