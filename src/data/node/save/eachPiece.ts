import { ImageDataset } from '../../dataset/imageDataset.js';
import type { Dataset } from '../../dataset.js';

export interface SaveOptions {
  readonly signal?: AbortSignal;
  /** Told how many of the images are done. */
  readonly onProgress?: (done: number, items: number) => void;
}

/** Bytes of images in memory at once. */
const PIECE = 4 * 2 ** 20;

/** Gives all images in their order, some at a time. @throws the signal's reason on abort */
export async function eachPiece(
  dataset: Dataset,
  { signal = new AbortController().signal, onProgress }: SaveOptions,
  use: (pixels: Uint8Array, from: number) => Promise<void>,
): Promise<void> {
  const store = ImageDataset.storeOf(dataset);
  const step = Math.max(1, Math.floor(PIECE / store.imageSize));
  const reader = await store.open(signal);
  try {
    for (let from = 0; from < store.items; from += step) {
      const to = Math.min(store.items, from + step);
      await use(await reader.read(from, to), from);
      signal.throwIfAborted();
      onProgress?.(to, store.items);
    }
  } finally {
    await reader.close();
  }
}
