import { createHash } from 'node:crypto';
import { yieldToEventLoop } from '../../yieldToEventLoop.js';
import type { ImageReader, ImageStore } from '../dataset/imageStore.js';

/** Bytes hashed at once: timers and input get their turn in between. */
const DIGEST_CHUNK = 4 * 2 ** 20;

/** The sha256 of all images, which are read a few at a time: a file may be larger than memory. */
export async function digestImages(reader: ImageReader, { items, imageSize }: ImageStore): Promise<string> {
  const hash = createHash('sha256');
  const step = Math.max(1, Math.floor(DIGEST_CHUNK / imageSize));
  for (let from = 0; from < items; from += step) {
    hash.update(await reader.read(from, Math.min(items, from + step)));
    await yieldToEventLoop();
  }
  return hash.digest('hex');
}
