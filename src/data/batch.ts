/** `[items, height, width, channels]`, NHWC. */
export type BatchShape = readonly [items: number, height: number, width: number, channels: number];

/** `[height, width, channels]` of one image. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/** Bytes 0..255 or floats 0..1, `items × height × width × channels` of them. */
export type Pixels = Uint8Array | Float32Array;

/** What flows from a source to the training: some images of one epoch. A batch is never overwritten, so it may be kept. */
export interface Batch {
  /** The images: `Uint8Array` (0..255, a view of the data set where the order allows) until an operator needs floats (0..1). */
  readonly pixels: Pixels;
  readonly shape: BatchShape;
  /** Number of images, `shape[0]`. */
  readonly length: number;
  /** What the reconstruction is compared with. @default pixels */
  readonly target?: Pixels;
  /** One label for each image, where the data set has them. */
  readonly labels?: Uint8Array;
  /** Place of each image in the data set, from 0. */
  readonly indices: Uint32Array;
  /** The epoch, from 1 as in events. */
  readonly epoch: number;
  /** Index of the batch within the epoch, from 0. */
  readonly index: number;
}

/** Number of values in one image. */
export function imageSize([height, width, channels]: ImageShape): number {
  return height * width * channels;
}
