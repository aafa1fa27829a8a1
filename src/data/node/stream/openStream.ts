// Images from a true stream: stdin, a socket, a decompressor. Sequential, once, its length known from the header.
import { DatasetError, IdxError } from '../../../errors.js';
import type { Batch, ImageShape } from '../../batch.js';
import { fromIterable } from '../../fromIterable.js';
import { IdxDecoder } from '../../idx/decoder.js';
import type { IdxHeader } from '../../idx/header.js';
import { imageShapeOf } from '../../idx/imagesOrLabels.js';
import { requireInteger } from '../../requireInteger.js';
import type { Source, SourceReader } from '../../source.js';
import { decompress } from '../files/openBytes.js';
import { type StreamBatchOptions, streamBatches } from './streamBatches.js';

export interface StreamOptions {
  /** Names the stream in errors. @default 'stdin' */
  readonly path?: string;
  /** Its abort ends the stream, also while the header is awaited. */
  readonly signal?: AbortSignal;
}

/** A stream whose header has arrived. */
export interface ImageStream {
  /** `[height, width, channels]` of one image. */
  readonly shape: ImageShape;
  /** Images that the header promises. */
  readonly items: number;
  /**
   * A source for `pipeline`, one epoch. A stream can be read once: to open it again is a DatasetError `DATASET_STATE`.
   * @throws OptionError when an option is outside its range
   */
  batches(options?: StreamBatchOptions): Source<Batch>;
  /** Ends a stream that is not going to be read. `close` may be called more than once. */
  close(): void | Promise<void>;
}

/**
 * Reads the header of an IDX image file that arrives as a stream of bytes, raw or gzip.
 *
 * Reads on only when batches are asked for, and ends `bytes` as soon as it is closed, also during a pending read. No chunk
 * may be overwritten after it was given.
 *
 * @throws IdxError `IDX_UNSUITABLE` for anything but uint8 of rank 3 or 4, and as for a file; the signal's reason on abort.
 * The batches' source throws `IDX_TRUNCATED`, `IDX_TRAILING` and `IDX_GZIP` where they occur
 *
 * @example
 * const bytes = encodeIdx([3, 2, 2], new Uint8Array(12));
 * const images = await openStream(Readable.from([bytes]));
 * const last = await lastValueFrom(pipeline(images.batches({ size: 2 }), train(engine)));
 * console.log(last.step); // 2
 */
export async function openStream(
  bytes: AsyncIterable<Uint8Array>,
  { path = 'stdin', signal = new AbortController().signal }: StreamOptions = {},
): Promise<ImageStream> {
  const upstream = await fromIterable(bytes).open(signal);
  const chunks = decompress(chunksOf(upstream), path);
  const decoder = new IdxDecoder(path);
  try {
    const { header, payload } = await awaitHeader(decoder, chunks);
    const shape = imageShapeOf({ path, header });
    requireImageSize(header, path);
    return imageStream(shape, header, payloadOf(payload, chunks, decoder), upstream);
  } catch (error) {
    await upstream.close();
    signal.throwIfAborted();
    throw error;
  }
}

function imageStream(
  shape: ImageShape,
  { itemCount, itemBytes }: IdxHeader,
  payload: AsyncIterable<Uint8Array>,
  upstream: SourceReader<Uint8Array>,
): ImageStream {
  let opened = false;
  return {
    shape,
    items: itemCount,
    batches(options = {}) {
      requireOptions(options);
      const { limit = itemCount, ...others } = options;
      // A whole stream is read to its end, to see that it ends where it should.
      const wanted = limit < itemCount ? options : others;
      return {
        async open(signal) {
          if (opened) throw readBefore();
          opened = true;
          const batches = await fromIterable(streamBatches(payload, shape, itemBytes, wanted)).open(signal);
          return {
            next: () => batches.next(),
            async close() {
              await Promise.all([batches.close(), upstream.close()]);
            },
          };
        },
      };
    },
    close: () => upstream.close(),
  };
}

function requireOptions({ size = 20, shuffle, limit = 1 }: StreamBatchOptions): void {
  requireInteger('size', size, 1);
  requireInteger('limit', limit, 1);
  if (shuffle?.buffer !== undefined) requireInteger('shuffle.buffer', shuffle.buffer, 1);
  if (shuffle !== undefined) requireInteger('shuffle.seed', shuffle.seed);
}

async function awaitHeader(decoder: IdxDecoder, chunks: AsyncGenerator<Uint8Array, void>) {
  while (true) {
    const chunk = await chunks.next();
    if (chunk.done === true) return { header: decoder.end(), payload: new Uint8Array(0) };
    const payload = decoder.push(chunk.value);
    if (decoder.header !== undefined) return { header: decoder.header, payload };
  }
}

async function* payloadOf(
  first: Uint8Array,
  chunks: AsyncIterable<Uint8Array>,
  decoder: IdxDecoder,
): AsyncGenerator<Uint8Array, void> {
  yield first;
  for await (const chunk of chunks) yield decoder.push(chunk);
  decoder.end();
}

/** The bytes of an opened source, as `decompress` takes them. */
function chunksOf(pull: SourceReader<Uint8Array>): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => pull.next(),
      async return() {
        await pull.close();
        return { done: true, value: undefined };
      },
    }),
  };
}

const LARGEST_IMAGE = 2 ** 28;

function requireImageSize({ itemBytes, headerBytes }: IdxHeader, path: string): void {
  if (itemBytes <= LARGEST_IMAGE) return;
  throw new IdxError({
    code: 'IDX_UNSUITABLE',
    path,
    offset: headerBytes,
    expected: `images of at most ${LARGEST_IMAGE} bytes`,
    actual: `${itemBytes} bytes`,
    advice: 'A stream is read image by image; cut the images into smaller ones.',
  });
}

function readBefore(): DatasetError {
  return new DatasetError({
    code: 'DATASET_STATE',
    problem: 'this stream has been read already, and a stream can be read only once',
    advice: 'Open a file instead, or one stream for each pipeline.',
  });
}
