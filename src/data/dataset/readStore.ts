import { DataError } from '../../errors.js';
import { describeValue } from '../../text/describeValue.js';
import { type ImageShape, imageSize } from '../batch.js';
import type { ImageStore } from './imageStore.js';

/** Images that a function reads, by their places. */
export interface ReadableImages {
  readonly name: string;
  readonly items: number;
  readonly shape: ImageShape;
  read(from: number, to: number): Uint8Array | Promise<Uint8Array>;
}

/** A store of images that a user's function reads; what it gives is looked at. */
export function readStore(images: ReadableImages): ImageStore {
  const reader = {
    read(from: number, to: number) {
      const pixels = images.read(from, to);
      return pixels instanceof Promise
        ? pixels.then((read) => checked(images, read, from, to))
        : checked(images, pixels, from, to);
    },
    close() {},
  };
  return { items: images.items, imageSize: imageSize(images.shape), open: () => reader };
}

function checked({ name, shape }: ReadableImages, pixels: Uint8Array, from: number, to: number): Uint8Array {
  const bytes = (to - from) * imageSize(shape);
  if (pixels instanceof Uint8Array && pixels.length === bytes) return pixels;
  throw new DataError({
    code: 'DATA_SHAPE',
    problem: `${name}: read(${from}, ${to})`,
    expected: `a Uint8Array of ${bytes} bytes (${to - from} images of ${shape.join('×')})`,
    actual: pixels instanceof Uint8Array ? `${pixels.length} bytes` : describeValue(pixels),
    advice: 'Let read return the images from … to − 1 as bytes 0..255, one after the other.',
  });
}
