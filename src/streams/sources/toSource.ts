import { fromIterable } from '../../data/fromIterable.js';
import type { Source } from '../../data/source.js';
import { OptionError } from '../../errors.js';

/** The part of a web ReadableStream that is read: not every browser can iterate one. */
export interface WebReadable<T> {
  readonly locked?: boolean;
  getReader(): {
    read(): Promise<{ done: boolean; value?: T | undefined }>;
    cancel(reason?: unknown): Promise<void>;
  };
}

/** What a pipeline begins with: a `Source`, or what can be made one. A Node Readable is an async iterable. */
export type SourceLike<T> = Source<T> | Iterable<T> | AsyncIterable<T> | WebReadable<T>;

/**
 * A source from what people have.
 * @throws OptionError for what is none, with the way to make one where that is known
 */
export function toSource<T>(given: SourceLike<T>): Source<T> {
  const object = (typeof given === 'object' || typeof given === 'function') && given !== null ? given : {};
  if ('open' in object && typeof object.open === 'function') return object as Source<T>;
  // Before its iterator, whose `return` would wait for a pending read.
  if ('getReader' in object) return fromWebReadable(object as WebReadable<T>);
  if (Symbol.asyncIterator in object || Symbol.iterator in object) return fromIterable(object as Iterable<T>);
  throw new OptionError(
    'source',
    given,
    'a Source, an iterable, an async iterable, a Readable or a ReadableStream',
    adviceFor(given, object),
  );
}

/** The mistakes that are easily made. */
function adviceFor(given: unknown, object: object): string {
  if ('subscribe' in object)
    return 'An Observable pushes, whether there is room or not: say what is to happen then, fromObservable(observable, { overflow, capacity }).';
  if ('then' in object) return 'This is a promise: await it first.';
  if ('batches' in object) return 'A data set gives a source by batches(): dataset.batches({ size: 20 }).';
  if ('train' in object) return 'A pair of data sets gives a source by train.batches().';
  if (typeof given === 'string') return 'A text is no source. Put it into a list, or open the file that it names.';
  if (typeof given === 'function') return 'Call the function: a generator becomes iterable when it is called.';
  return 'Give an object with open(signal), or something that can be iterated.';
}

function fromWebReadable<T>(stream: WebReadable<T>): Source<T> {
  return {
    open() {
      if (stream.locked === true)
        throw new OptionError(
          'source',
          stream,
          'a ReadableStream that is not being read',
          'Give a new one each time: a stream is read once.',
        );
      const reader = stream.getReader();
      return {
        async next() {
          const { done, value } = await reader.read();
          return done ? { done: true, value: undefined } : { done: false, value: value as T };
        },
        close: () => reader.cancel(),
      };
    },
  };
}
