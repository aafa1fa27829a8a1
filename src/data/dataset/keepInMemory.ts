import { yieldToEventLoop } from '../../yieldToEventLoop.js';
import { type ImageStore, memoryStore } from './imageStore.js';

/** Bytes that are made before others get their turn. */
const PIECE = 4 * 2 ** 20;

/** All images of a store in memory: those that are made when they are read are made once only. */
export async function keepInMemory(
  store: ImageStore,
  signal: AbortSignal = new AbortController().signal,
): Promise<ImageStore> {
  const { items, imageSize } = store;
  const pixels = new Uint8Array(items * imageSize);
  const step = Math.max(1, Math.floor(PIECE / imageSize));
  const reader = await store.open(signal);
  try {
    for (let from = 0; from < items; from += step) {
      pixels.set(await reader.read(from, Math.min(items, from + step)), from * imageSize);
      await yieldToEventLoop();
      signal.throwIfAborted();
    }
  } finally {
    await reader.close();
  }
  return memoryStore(pixels, items);
}
