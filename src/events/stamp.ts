import { type OptionNames, requireKnownOptions } from '../options.js';
import { RunClock } from './runClock.js';
import type { EventBody, EventPosition, MillraceEvent } from './schema.js';
import type { UnknownEvent } from './unknownEvent.js';

/** Gives event bodies their common fields. One stamp per run: `seq` counts over all its events. */
export interface Stamp {
  readonly run: string;
  /** `seq` of the next event. */
  readonly next: number;
  /** The last event that it has stamped. */
  readonly last: Pick<MillraceEvent, 'time' | 'elapsedMs'> | undefined;
  (body: EventBody, position: EventPosition): MillraceEvent;
  /** An event of a type of one's own: kept in files, pipes and the log. */
  <Type extends string>(body: OwnEventBody<Type>, position: EventPosition): UnknownEvent;
}

/** What an event of one's own says; the types that Millrace has are taken. */
export interface OwnEventBody<Type extends string> {
  readonly type: Type extends EventBody['type'] ? never : Type;
  readonly [field: string]: unknown;
}

export interface StampOptions {
  /** @default a new id for the present moment */
  readonly run?: string;
  /** First `seq`. @default 0 */
  readonly seq?: number;
  /** The wall clock. @default the system's */
  readonly now?: () => Date;
  /** Milliseconds since the run began, monotonic, pauses left out. @default since this call */
  readonly elapsedMs?: () => number;
}

const OPTIONS: OptionNames<StampOptions> = { run: true, seq: true, now: true, elapsedMs: true };

/**
 * Makes a stamp; `elapsedMs` counts from here unless told otherwise.
 *
 * @example
 * const stamp = createStamp({ run: 'mine', seq: 5 });
 * const event = stamp({ type: 'loss', loss: 0.1, items: 20, learningRate: 0.001 }, { epoch: 1, step: 1 });
 * console.log(event.run, event.seq, stamp.next); // mine 5 6
 */
export function createStamp(options: StampOptions = {}): Stamp {
  requireKnownOptions(options, OPTIONS);
  const { run, seq = 0, now = () => new Date(), elapsedMs = sinceNow() } = options;
  const id = run ?? runId(now());
  let next = seq;
  let last: MillraceEvent | undefined;
  const timeOf = isoTime();
  const stamp = (body: EventBody, { epoch, step }: EventPosition): MillraceEvent => {
    const common = {
      type: body.type,
      run: id,
      seq: next++,
      time: timeOf(now()),
      elapsedMs: thousandths(elapsedMs()),
      epoch,
      step,
    };
    // Every update is told: taking the body apart and putting two objects together took 2 µs.
    last = Object.assign(common, body) as MillraceEvent;
    return last;
  };
  return Object.defineProperties(stamp, {
    run: { value: id },
    next: { get: () => next },
    last: { get: () => last },
  }) as Stamp;
}

/** Several events fall into each millisecond, and writing out a time takes half a microsecond. */
function isoTime(): (at: Date) => string {
  let [milliseconds, text] = [Number.NaN, ''];
  return (at) => {
    if (at.getTime() !== milliseconds) [milliseconds, text] = [at.getTime(), at.toISOString()];
    return text;
  };
}

/** `YYYYMMDD-HHMMSS-xxxx` in UTC, four random hexadecimal digits: ids sort by time. */
export function runId(at: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomDigits()}`;
}

function randomDigits(): string {
  const [number = 0] = crypto.getRandomValues(new Uint16Array(1));
  return number.toString(16).padStart(4, '0');
}

function sinceNow(): () => number {
  const clock = new RunClock();
  return () => clock.read();
}

/** Microseconds are enough for anyone. */
function thousandths(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
