import { DataError } from '../../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../../options.js';
import { type ImageShape, imageSize } from '../../batch.js';
import { fromIterable } from '../../fromIterable.js';
import type { ImageStream, StreamBatchOptions } from '../../imageStream.js';
import { requireInteger } from '../../requireInteger.js';
import { streamBatches } from './streamBatches.js';

/** The images of a stream, one after the other without anything between them, as bytes. */
export interface StreamedImages {
  /** Names the stream in errors. */
  readonly path: string;
  readonly shape: ImageShape;
  /** Images that are promised. @default it is not known how many there will be */
  readonly items?: number;
  /** Ends, or fails, after the last image. */
  readonly payload: AsyncIterable<Uint8Array>;
  /** Ends what the payload comes from, also during a pending read. May be called more than once. */
  close(): void | Promise<void>;
}

/** @throws DataError `DATA_TOO_LARGE` where one image has more than 256 MiB */
export function imageStream({ path, shape, items, payload, close }: StreamedImages): ImageStream {
  requireImageSize(path, imageSize(shape));
  let opened = false;
  return {
    shape,
    ...(items !== undefined && { items }),
    batches(options = {}) {
      requireOptions(options);
      const { limit = Infinity, ...others } = options;
      // A whole stream is read to its end, to see that it ends where it should.
      const wanted = limit < (items ?? Infinity) ? options : others;
      return {
        async open(signal) {
          if (opened) throw readBefore();
          opened = true;
          const batches = await fromIterable(streamBatches(payload, shape, wanted)).open(signal);
          return {
            next: () => batches.next(),
            async close() {
              await Promise.all([batches.close(), close()]);
            },
          };
        },
      };
    },
    close,
  };
}

const BATCH_OPTIONS: OptionNames<StreamBatchOptions> = { size: true, dropLast: true, shuffle: true, limit: true };

function requireOptions(options: StreamBatchOptions): void {
  requireKnownOptions(options, BATCH_OPTIONS);
  const { size = 20, shuffle, limit = 1 } = options;
  requireInteger('size', size, 1);
  requireInteger('limit', limit, 1);
  if (shuffle?.buffer !== undefined) requireInteger('shuffle.buffer', shuffle.buffer, 1);
  if (shuffle !== undefined) requireInteger('shuffle.seed', shuffle.seed);
}

const LARGEST_IMAGE = 2 ** 28;

function requireImageSize(path: string, bytes: number): void {
  if (bytes <= LARGEST_IMAGE) return;
  throw new DataError({
    code: 'DATA_TOO_LARGE',
    path,
    expected: `images of at most ${LARGEST_IMAGE} bytes`,
    actual: `${bytes} bytes`,
    advice: 'A stream is read image by image; cut the images into smaller ones.',
  });
}

function readBefore(): DataError {
  return new DataError({
    code: 'DATA_STATE',
    problem: 'this stream has been read already, and a stream can be read only once',
    advice: 'Open a file instead, or one stream for each pipeline.',
  });
}
