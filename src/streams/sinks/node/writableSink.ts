import { finished, type Writable } from 'node:stream';
import type { SinkError } from '../../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../../options.js';
import type { Sink } from '../sink.js';
import { sinkError } from './sinkError.js';

export interface WritableSinkOptions {
  /** What to call it in errors, e.g. a path. */
  readonly name: string;
  /** Leaves the stream open on `close`, as process.stdout needs. @default false */
  readonly keepOpen?: boolean;
}

const OPTIONS: OptionNames<WritableSinkOptions> = { name: true, keepOpen: true };

/**
 * Events into any Node stream: a file, stdout, a socket. Holds no more than the stream's own high-water mark.
 *
 * Fails with `SinkError`: `SINK_CLOSED` when the reader has gone (EPIPE), else `SINK_UNWRITABLE`.
 *
 * @example
 * const path = `${place}/stream.ndjson`;
 * const sink = writableSink(createWriteStream(path), { name: path });
 * await lastValueFrom(pipeline(digits.train.batches(), train(engine), toSink(sink)));
 * console.log(readFileSync(path, 'utf8').includes('"type":"epoch"')); // true
 */
export function writableSink(writable: Writable, options: WritableSinkOptions): Sink {
  requireKnownOptions(options, OPTIONS);
  const { name, keepOpen = false } = options;
  let failure: SinkError | undefined;
  let wake: (() => void) | undefined;
  const onDrain = (): void => wake?.();
  const fail = (error: NodeJS.ErrnoException): void => {
    failure ??= sinkError(error, name);
    wake?.();
  };
  writable.on('error', fail);
  writable.on('drain', onDrain);
  writable.on('close', () => fail(Object.assign(new Error('closed'), { code: 'EPIPE' })));

  const drained = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
    wake = undefined;
    if (failure !== undefined) throw failure;
  };
  return {
    write(lines) {
      if (failure !== undefined) throw failure;
      return writable.write(lines) ? undefined : drained();
    },
    async close() {
      if (failure?.code === 'SINK_CLOSED') return;
      if (failure !== undefined) throw failure;
      if (keepOpen) await new Promise<void>((resolve) => writable.write('', () => resolve()));
      else {
        writable.end();
        await new Promise<void>((resolve) => finished(writable, () => resolve()));
      }
      const late = failure as SinkError | undefined;
      if (late !== undefined && late.code !== 'SINK_CLOSED') throw late;
    },
  };
}
