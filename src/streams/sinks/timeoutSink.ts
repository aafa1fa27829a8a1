import { SinkError } from '../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import type { Sink } from './sink.js';

export interface TimeoutSinkOptions {
  /** What to call the sink in the error, e.g. a path. */
  readonly name: string;
  /** Aborts when the run is asked to end. */
  readonly stop: AbortSignal;
  /** Milliseconds after that in which the sink has to take something. @default 1500 */
  readonly timeoutMs?: number;
}

const OPTIONS: OptionNames<TimeoutSinkOptions> = { name: true, stop: true, timeoutMs: true };

/**
 * A sink that is waited for as long as it takes, since a slow reader misses nothing; but once the run is to end, one that takes
 * nothing is given up, so that the run does end. It is meant for sinks that a person or a program reads: a slow disk is worth the wait.
 *
 * Fails with SinkError `SINK_STALLED` from then on. What the sink still holds is dropped when it is closed.
 *
 * @example
 * const stalling = { write: () => new Promise(() => undefined), close: async () => undefined };
 * const sink = timeoutSink(stalling, { name: 'a pipe', stop: AbortSignal.abort(), timeoutMs: 1 });
 * const events = pipeline(digits.train.batches(), train(engine), toSink(sink));
 * console.log(await lastValueFrom(events).catch(({ code }) => code)); // SINK_STALLED
 */
export function timeoutSink(sink: Sink, options: TimeoutSinkOptions): Sink {
  requireKnownOptions(options, OPTIONS);
  const { name, stop, timeoutMs = 1500 } = options;
  let stalled: SinkError | undefined;
  const within = (pending: Promise<void>): Promise<void> =>
    new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const wait = (): void => {
        timer = setTimeout(() => {
          stalled = stalledError(name, timeoutMs);
          reject(stalled);
        }, timeoutMs);
      };
      if (stop.aborted) wait();
      else stop.addEventListener('abort', wait, { once: true });
      pending.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        stop.removeEventListener('abort', wait);
      });
    });
  return {
    write(lines, count) {
      if (stalled !== undefined) throw stalled;
      const pending = sink.write(lines, count);
      return pending === undefined ? undefined : within(pending);
    },
    async close() {
      const closing = sink.close();
      if (stalled === undefined) return within(closing);
      // No one waits for this one, and what was wrong with it has been said.
      closing.catch(() => undefined);
    },
  };
}

function stalledError(name: string, timeoutMs: number): SinkError {
  return new SinkError({
    code: 'SINK_STALLED',
    path: name,
    problem: `nothing has been taken for ${timeoutMs / 1000} s since the run was asked to end`,
    advice: 'The run ends without it; what it was still to be told is in the run folder, where there is one.',
  });
}
