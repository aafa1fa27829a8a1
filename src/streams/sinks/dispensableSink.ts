import { SinkError } from '../../errors.js';
import type { MillraceEvent } from '../../events/schema.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { requireSink } from './deliver.js';
import type { EventSink } from './eventSink.js';
import type { Sink } from './sink.js';

export interface DispensableSinkOptions {
  /** What to call it in the error, e.g. a path. */
  readonly name: string;
  /** Is told once why it gets nothing more. */
  readonly onFailure: (error: unknown) => void;
  /** Milliseconds in which it has to take what it was given. @default 10000 */
  readonly timeoutMs?: number;
}

const OPTIONS: OptionNames<DispensableSinkOptions> = { name: true, onFailure: true, timeoutMs: true };

/**
 * A sink that a run can do without: when it fails, or takes nothing for ten seconds, it gets nothing more and the run goes on. Until
 * then it misses nothing, and a slow one is waited for like any other.
 *
 * Neither writing nor closing fails.
 *
 * @throws OptionError where it is no sink, or for options that do not exist
 *
 * @example
 * const full = eventSink(() => Promise.reject(new Error('full')));
 * const sink = dispensableSink(full, { name: 'mine', onFailure: ({ message }) => console.log(message) }); // full
 * const last = await lastValueFrom(pipeline(digits.train.batches(), train(engine), toSink(sink)));
 * console.log(last.step > 1); // true
 */
export function dispensableSink(sink: Sink, options: DispensableSinkOptions): Sink;
export function dispensableSink(sink: EventSink, options: DispensableSinkOptions): EventSink;
export function dispensableSink(sink: Sink | EventSink, options: DispensableSinkOptions): Sink | EventSink {
  requireKnownOptions(options, OPTIONS);
  requireSink(sink);
  const { name, onFailure, timeoutMs = 10_000 } = options;
  let failed = false;
  const giveUp = (error: unknown): void => {
    if (failed) return;
    failed = true;
    onFailure(error);
  };
  const attempt = (work: () => void | Promise<void>): void | Promise<void> => {
    try {
      const pending = work();
      if (pending === undefined) return undefined;
      return within(pending, timeoutMs, () => stalled(name, timeoutMs)).catch(giveUp);
    } catch (error) {
      giveUp(error);
    }
  };
  const write = (work: () => void | Promise<void>): void | Promise<void> => (failed ? undefined : attempt(work));
  // What it has open is closed also where it has failed; nothing new is said of it then.
  const close = async (): Promise<void> => attempt(() => sink.close());
  if ('takes' in sink)
    return { takes: 'events', write: (event: MillraceEvent) => write(() => sink.write(event)), close };
  return { write: (lines, count) => write(() => sink.write(lines, count)), close };
}

/** @throws what `late` gives, when that is how long it takes; whatever comes of the work then, no one hears of it */
function within(work: Promise<void>, timeoutMs: number, late: () => SinkError): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), timeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function stalled(name: string, timeoutMs: number): SinkError {
  return new SinkError({
    code: 'SINK_STALLED',
    path: name,
    problem: `nothing has been taken for ${timeoutMs / 1000} s`,
    advice: 'The run goes on without it; millrace watch writes all of it again, where there is a run folder.',
  });
}
