import type { ImageShape } from '../batch.js';
import type { Dataset, DatasetPair } from '../dataset.js';

/**
 * The images of a data set with rows and columns exchanged, as EMNIST's need it.
 *
 * Their shape `[h, w, c]` becomes `[w, h, c]`; labels and order stay.
 */
export function transposed(dataset: Dataset): Dataset {
  const [height, width, channels] = dataset.shape;
  return dataset.map((pixels) => transposeImage(pixels, dataset.shape), { shape: [width, height, channels] });
}

/** A training and a test set, both transposed where that is asked for. */
export function transposedPair<Pair extends DatasetPair>(
  pair: Pair,
  { transpose = false }: { readonly transpose?: boolean },
): Pair {
  if (!transpose) return pair;
  return { ...pair, train: transposed(pair.train), ...(pair.test && { test: transposed(pair.test) }) };
}

/** One image with rows and columns exchanged. @param shape of the image as it is */
export function transposeImage(pixels: Uint8Array, [height, width, channels]: ImageShape): Uint8Array {
  const turned = new Uint8Array(pixels.length);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let channel = 0; channel < channels; channel++)
        turned[(column * height + row) * channels + channel] = pixels[(row * width + column) * channels + channel]!;
  return turned;
}
