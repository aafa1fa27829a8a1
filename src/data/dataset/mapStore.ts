import { DataError } from '../../errors.js';
import { describeValue } from '../../text/describeValue.js';
import { type ImageShape, imageSize } from '../batch.js';
import { derivedStore, type ImageStore } from './imageStore.js';

/** What becomes of one image, given as bytes of its own. */
export type ChangeImage = (pixels: Uint8Array, index: number) => Uint8Array;

/** The images of a store, each changed when it is read. */
export function mapStore(store: ImageStore, change: ChangeImage, shape: ImageShape): ImageStore {
  const size = imageSize(shape);
  const changed = (images: Uint8Array, from: number, count: number): Uint8Array => {
    const result = new Uint8Array(count * size);
    for (let item = 0; item < count; item++) {
      // A copy, even of a Buffer, whose `slice` is a view.
      const image = new Uint8Array(images.subarray(item * store.imageSize, (item + 1) * store.imageSize));
      result.set(checked(change(image, from + item), size, from + item, shape), item * size);
    }
    return result;
  };
  return derivedStore(
    store,
    store.items,
    (reader) => ({
      read(from, to) {
        const images = reader.read(from, to);
        return images instanceof Promise
          ? images.then((read) => changed(read, from, to - from))
          : changed(images, from, to - from);
      },
      close: () => reader.close(),
    }),
    size,
  );
}

function checked(pixels: Uint8Array, size: number, index: number, shape: ImageShape): Uint8Array {
  if (pixels instanceof Uint8Array && pixels.length === size) return pixels;
  throw new DataError({
    code: 'DATA_SHAPE',
    problem: `image ${index} that map has made`,
    expected: `a Uint8Array of ${size} bytes (${shape.join('×')})`,
    actual: pixels instanceof Uint8Array ? `${pixels.length} bytes` : describeValue(pixels),
    advice: 'Return bytes 0..255, and say in the option shape where it is another one than before.',
  });
}
