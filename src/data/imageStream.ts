import type { Batch, ImageShape } from './batch.js';
import type { Source } from './source.js';

export interface StreamBatchOptions {
  /** Images in a batch. @default 20 */
  readonly size?: number;
  /** Leaves out the last batch of an epoch where it is not full. @default false */
  readonly dropLast?: boolean;
  /**
   * Draws the images from a buffer of so many items: the more, the better the shuffle, and the more memory.
   * @default the stream's order; a buffer of 10,000 items, of fewer where they would take more than 256 MiB or an epoch has fewer
   */
  readonly shuffle?: { readonly seed: number; readonly buffer?: number };
  /** Images of an epoch: after so many the next epoch begins. @default the whole stream is one epoch */
  readonly epochItems?: number;
  /** Takes the first so many images and leaves the rest of the stream unread. @default all */
  readonly limit?: number;
}

/** Images that pass once, e.g. through a pipe, and whose shape is known. */
export interface ImageStream {
  /** `[height, width, channels]` of one image. */
  readonly shape: ImageShape;
  /** Images that it promises, where it does. */
  readonly items?: number;
  /**
   * A source for `pipeline`: one epoch, or as many as come. A stream can be read once: to open it again is a DataError `DATA_STATE`.
   * @throws OptionError when an option is outside its range
   */
  batches(options?: StreamBatchOptions): Source<Batch>;
  /** Ends a stream that is not going to be read. `close` may be called more than once. */
  close(): void | Promise<void>;
}
