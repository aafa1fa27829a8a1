// Lines of a program as events: its figures are `metric`s, the lines themselves are kept as `line`s.
import { MillraceError } from '../../errors.js';
import { metric } from '../../events/measurements/metric.js';
import type { Stamp } from '../../events/stamp.js';
import type { AnyEvent } from '../../events/unknownEvent.js';
import { LogPosition } from './logPosition.js';
import { type OutputLine, OutputLines } from './outputLines.js';
import { jsonLine } from './patterns/jsonLine.js';
import { keyValues } from './patterns/keyValues.js';
import { userPattern } from './patterns/userPattern.js';
import type { LinePattern, Reading } from './reading.js';

/** What is recognised without being asked for; the first that fits reads the line. */
const KNOWN: readonly LinePattern[] = [jsonLine, keyValues];

/** Without a figure by then, somebody should know. */
const PATIENCE = 200;

export interface LogReaderOptions {
  readonly stamp: Stamp;
  /** Regular expressions of the user's own, instead of what is recognised by itself. */
  readonly regex: readonly string[];
  onNotice(sentence: string): void;
}

export class LogReader {
  readonly #lines = new OutputLines();
  readonly #position = new LogPosition();
  readonly #options: LogReaderOptions;
  readonly #isOwn: boolean;
  #patterns: readonly LinePattern[];
  #read = 0;
  #figures = 0;
  #isTold = false;

  /** @throws OptionError for a pattern that is none */
  constructor(options: LogReaderOptions) {
    this.#options = options;
    this.#isOwn = options.regex.length > 0;
    this.#patterns = this.#isOwn ? options.regex.map(userPattern) : KNOWN;
  }

  push(bytes: Uint8Array): AnyEvent[] {
    return this.#lines.push(bytes).flatMap((line) => this.#eventsOf(line));
  }

  /** The last line, and what there is to say of all. */
  end(status: 'completed' | 'stopped'): AnyEvent[] {
    const rest = this.#lines.flush().flatMap((line) => this.#eventsOf(line));
    if (this.#read > 0) this.#tellNothing();
    const { stamp } = this.#options;
    const position = this.#position.at({ values: [] });
    const end = stamp({ type: 'end', status, steps: position.step, durationMs: stamp.last?.elapsedMs ?? 0 }, position);
    return [...rest, end];
  }

  #eventsOf({ text, isOverwritten }: OutputLine): AnyEvent[] {
    const { stamp } = this.#options;
    this.#read++;
    const readings = this.#readings(text);
    const events: AnyEvent[] = [];
    // A bar that is written over comes ten times a second.
    if (!isOverwritten && text.trim() !== '') {
      const place = this.#position.at({ values: [] });
      events.push(stamp({ type: 'line', text }, place));
    }
    for (const reading of readings) {
      const at = this.#position.at(reading);
      for (const [name, value] of reading.values) events.push(stamp(metric(name, value), at));
      this.#figures += reading.values.length;
    }
    if (this.#read === PATIENCE) this.#tellNothing();
    return events;
  }

  #readings(line: string): Reading[] {
    const readings: Reading[] = [];
    for (const pattern of this.#patterns) {
      const reading = this.#tried(pattern, line);
      if (reading === undefined) continue;
      readings.push(reading);
      if (!this.#isOwn) break;
    }
    if (!this.#isOwn || readings.length < 2) return readings;
    // Several patterns of the user's read one line: what one of them says of the place holds for all.
    return [
      {
        values: readings.flatMap(({ values }) => values),
        epoch: readings.findLast(({ epoch }) => epoch !== undefined)?.epoch,
        step: readings.findLast(({ step }) => step !== undefined)?.step,
      },
    ];
  }

  #tried(pattern: LinePattern, line: string): Reading | undefined {
    try {
      return pattern(line);
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      this.#patterns = this.#patterns.filter((other) => other !== pattern);
      this.#options.onNotice(error.message);
      return undefined;
    }
  }

  #tellNothing(): void {
    if (this.#figures > 0 || this.#isTold) return;
    this.#isTold = true;
    const lines = `${this.#read} line${this.#read === 1 ? '' : 's'}`;
    this.#options.onNotice(
      this.#isOwn
        ? `no pattern of --regex has matched a number in ${lines}`
        : `no figures were recognised in ${lines}: say where they are, as in --regex 'loss[:= ]+(?<loss>[0-9.eE+-]+)'`,
    );
  }
}
