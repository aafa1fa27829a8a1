import { finished, type Writable } from 'node:stream';
import { MillraceError, OptionError, SinkError } from '../../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../../options.js';
import type { Flow } from '../../flow.js';
import type { Stage } from '../../stage.js';
import { type Destination, writing } from '../writing.js';

/** The part of a web WritableStream that is written to. */
export interface WebWritable<T> {
  getWriter(): {
    readonly desiredSize: number | null;
    readonly ready: Promise<unknown>;
    write(chunk: T): Promise<void>;
    close(): Promise<void>;
    abort(reason?: unknown): Promise<void>;
  };
}

export interface ToWritableOptions {
  /** Leaves the stream open at the end. `process.stdout` and `process.stderr` always stay open. @default false */
  readonly keepOpen?: boolean;
}

const OPTIONS: OptionNames<ToWritableOptions> = { keepOpen: true };

/**
 * The end of a pipeline: writes every item into a Node Writable or a web WritableStream, then passes it on. While the stream is full the source is
 * not pulled.
 *
 * At the end the stream is ended, and the pipeline completes when it has taken everything; where the pipeline fails or is left
 * before, the stream is destroyed, so that its reader sees that something is missing.
 *
 * @throws OptionError when it is no stream. Errors with `SinkError` `SINK_CLOSED` when the stream is closed by someone else (its reader has gone),
 * `SINK_UNWRITABLE` when it fails, with an OptionError when it does not take such items
 *
 * @example
 * const path = `${place}/squares.txt`;
 * await lastValueFrom(pipeline([1, 2, 3], map((value) => `${value ** 2}\n`), toWritable(createWriteStream(path))));
 * console.log(readFileSync(path, 'utf8').split('\n')); // [ '1', '4', '9', '' ]
 */
export function toWritable<T>(stream: Writable | WebWritable<T>, options: ToWritableOptions = {}): Stage<T, T> {
  requireKnownOptions(options, OPTIONS);
  const { keepOpen = false } = options;
  const object = Object(stream) as Partial<Writable & WebWritable<T>>;
  if (typeof object.getWriter === 'function')
    return writing('toWritable', (flow, fail) => new WebDestination(stream as WebWritable<T>, keepOpen, flow, fail));
  if (typeof object.write !== 'function' || typeof object.on !== 'function')
    throw new OptionError(
      'stream',
      stream,
      'a Writable or a WritableStream',
      'Of a path createWriteStream(path) makes one.',
    );
  return writing('toWritable', (flow, fail) => new NodeDestination(stream as Writable, keepOpen, flow, fail));
}

class NodeDestination<T> implements Destination<T> {
  readonly #writable: Writable;
  readonly #keepOpen: boolean;
  #failure: MillraceError | undefined;
  #wake: (() => void) | undefined;
  /** Closing is what the stream is to do. */
  #ending = false;
  #ended = false;

  constructor(writable: Writable, keepOpen: boolean, flow: Flow, fail: (error: unknown) => void) {
    this.#writable = writable;
    // As in Node's own `pipe`: the process ends them.
    this.#keepOpen = keepOpen || writable === process.stdout || writable === process.stderr;
    const onFailure = (error?: NodeJS.ErrnoException): void => {
      if (this.#ended) return;
      this.#failure ??= streamError(error);
      this.#wake?.();
      fail(this.#failure);
    };
    const onClose = (): void => {
      if (!this.#ending) onFailure();
    };
    const onDrain = (): void => this.#wake?.();
    writable.on('error', onFailure).on('close', onClose).on('drain', onDrain);
    if (writable.destroyed || writable.writableEnded) onFailure();
    flow.own({
      close: () => {
        writable.off('close', onClose).off('drain', onDrain);
        if (!this.#ended && !this.#keepOpen) writable.destroy();
        // What a destroyed stream still complains of has no one left to tell; but unheard it would end the process.
        if (this.#keepOpen) writable.off('error', onFailure);
        this.#ended = true;
      },
    });
  }

  write(item: T): Promise<void> | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return this.#writable.write(item) ? undefined : this.#drained();
    } catch (error) {
      throw itemError(item, error as NodeJS.ErrnoException);
    }
  }

  async end(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    this.#ending = true;
    if (this.#keepOpen) {
      await new Promise<void>((resolve) => this.#writable.write('', () => resolve()));
    } else {
      await new Promise<void>((resolve, reject) => {
        finished(this.#writable, { readable: false }, (error) => (error ? reject(streamError(error)) : resolve()));
        this.#writable.end();
      });
    }
    this.#ended = true;
  }

  async #drained(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
    if (this.#failure !== undefined) throw this.#failure;
  }
}

class WebDestination<T> implements Destination<T> {
  readonly #writer: ReturnType<WebWritable<T>['getWriter']>;
  readonly #keepOpen: boolean;
  readonly #fail: (error: unknown) => void;
  #ended = false;

  constructor(stream: WebWritable<T>, keepOpen: boolean, flow: Flow, fail: (error: unknown) => void) {
    this.#writer = stream.getWriter();
    this.#keepOpen = keepOpen;
    this.#fail = (error) => fail(streamError(error as Error));
    flow.own({
      close: async () => {
        if (!this.#ended && !keepOpen) await this.#writer.abort();
      },
    });
  }

  write(item: T): Promise<unknown> | undefined {
    this.#writer.write(item).catch(this.#fail);
    const { desiredSize } = this.#writer;
    return desiredSize === null || desiredSize > 0 ? undefined : this.#writer.ready;
  }

  async end(): Promise<void> {
    await (this.#keepOpen ? this.#writer.ready : this.#writer.close());
    this.#ended = true;
  }
}

const CLOSED = [
  'EPIPE',
  'ECONNRESET',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_WRITE_AFTER_END',
];

function streamError(error?: NodeJS.ErrnoException): MillraceError {
  if (error instanceof MillraceError) return error;
  const isClosed = error === undefined || CLOSED.includes(error.code ?? '');
  return new SinkError({
    code: isClosed ? 'SINK_CLOSED' : 'SINK_UNWRITABLE',
    problem: isClosed
      ? 'the stream was closed while there was more to write'
      : `the stream cannot be written: ${error.message}`,
    advice: isClosed ? 'Its reader has gone, or someone has ended it: leave that to the pipeline.' : 'See the cause.',
    cause: error,
  });
}

function itemError(item: unknown, error: NodeJS.ErrnoException): Error {
  if (error.code !== 'ERR_INVALID_ARG_TYPE' && error.code !== 'ERR_STREAM_NULL_VALUES') return error;
  return new OptionError(
    'item',
    item,
    'what the stream takes',
    'Make text or bytes of it first: map(String), map(JSON.stringify).',
  );
}
