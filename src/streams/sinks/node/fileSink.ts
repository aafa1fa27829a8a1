import { createWriteStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { SinkError } from '../../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../../options.js';
import type { Sink } from '../sink.js';
import { timeoutSink } from '../timeoutSink.js';
import { openFifo } from './fifo.js';
import { sinkError } from './sinkError.js';
import { cutToWholeLines } from './truncateToLine.js';
import { writableSink } from './writableSink.js';

export interface FileSinkOptions {
  /** Aborts when the run is asked to end: a fifo or a device that takes nothing for 1.5 s from then on is given up. @default never */
  readonly stop?: AbortSignal;
}

const OPTIONS: OptionNames<FileSinkOptions> = { stop: true };

/**
 * Events into a file that is new or empty, a fifo or a device. A file is synced to the disk on close; one with something in it
 * is never overwritten or mixed; where the disk takes no more it is left with whole lines. A fifo is waited for until it has
 * a reader.
 *
 * @throws SinkError `SINK_EXISTS` for a file with something in it, `SINK_UNWRITABLE` where none can be made. Writing and closing
 * fail with `SINK_UNWRITABLE` too, with `SINK_CLOSED` where a reader has gone, with `SINK_STALLED` where one is given up
 *
 * @example
 * const file = await fileSink(`${place}/run.ndjson`);
 * await lastValueFrom(pipeline(digits.train.batches(), train(engine), toSink(file)));
 * console.log(readFileSync(`${place}/run.ndjson`, 'utf8').includes('"type":"loss"')); // true
 */
export async function fileSink(path: string, options: FileSinkOptions = {}): Promise<Sink> {
  requireKnownOptions(options, OPTIONS);
  const { stop } = options;
  const readBySomeone = (writable: Writable): Sink => {
    const sink = writableSink(writable, { name: path });
    return stop === undefined ? sink : timeoutSink(sink, { name: path, stop });
  };
  if (await isFifo(path)) return readBySomeone(await opened(openFifo(path), path));
  const handle = await opened(open(path, 'a'), path);
  const stats = await handle.stat();
  if (!stats.isFile()) return readBySomeone(createWriteStream(path, { fd: handle }));
  if (stats.size === 0) return regularFileSink(handle, path);
  await handle.close();
  throw new SinkError({
    code: 'SINK_EXISTS',
    path,
    problem: 'this file already holds something',
    advice: 'Choose another name, or move the file away; events are never mixed or overwritten.',
  });
}

/** A file that is known to be one. */
export interface RegularFileSink extends Sink {
  /** Resolves when all that has been written is on the disk. */
  flush(): Promise<void>;
}

/**
 * Events at the end of a file that may hold some; otherwise as `fileSink`.
 * @throws SinkError `SINK_UNWRITABLE`
 */
export async function appendingFileSink(path: string): Promise<RegularFileSink> {
  return regularFileSink(await opened(open(path, 'a'), path), path);
}

/** The file stays open to the end of `close`, for what is to be done then. */
function regularFileSink(handle: FileHandle, path: string): RegularFileSink {
  const stream = createWriteStream(path, { fd: handle.fd, autoClose: false });
  const sink = writableSink(stream, { name: path });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    try {
      await sink.close();
      await finish(handle, path);
    } catch (error) {
      await cutToWholeLines(handle, path).catch(() => undefined);
      throw error;
    } finally {
      await handle.close();
    }
  };
  return {
    write: sink.write,
    async flush() {
      await new Promise<void>((resolve, reject) => stream.write('', (error) => (error ? reject(error) : resolve())));
      await handle.datasync();
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

async function finish(handle: FileHandle, path: string): Promise<void> {
  const { nlink } = await handle.sync().then(
    () => handle.stat(),
    (cause: NodeJS.ErrnoException) => {
      throw sinkError(cause, path);
    },
  );
  if (nlink > 0) return;
  throw new SinkError({
    code: 'SINK_UNWRITABLE',
    path,
    problem: 'this file was deleted while it was written',
    advice: 'Its events are lost; leave it where it is until the run is over.',
  });
}

async function isFifo(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFIFO() ?? false;
}

async function opened<T>(opening: Promise<T>, path: string): Promise<T> {
  try {
    return await opening;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new SinkError({
      code: 'SINK_UNWRITABLE',
      path,
      problem: `events cannot be written here (${code ?? String(cause)})`,
      advice:
        code === 'EISDIR' ? 'Name a file, or - for stdout.' : 'Check that the folder exists and may be written to.',
      cause,
    });
  }
}
