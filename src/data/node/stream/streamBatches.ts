import { type Batch, type ImageShape, imageSize } from '../../batch.js';
import type { StreamBatchOptions } from '../../imageStream.js';
import { EpochBatcher, type StreamItem } from './epochBatcher.js';
import { ItemCutter } from './itemChunker.js';
import { ItemShuffle } from './itemShuffle.js';

const BUFFER_ITEMS = 10_000;
const BUFFER_BYTES = 2 ** 28;

/**
 * Batches from a payload that arrives in chunks of any size. The source holds one batch and the shuffle buffer. Where the payload
 * fails, the whole images before come first.
 * @param payload ends, or fails, after its last item; with a `limit` it is not read so far
 */
export async function* streamBatches(
  payload: AsyncIterable<Uint8Array>,
  shape: ImageShape,
  options: StreamBatchOptions,
): AsyncGenerator<Batch, void> {
  const { shuffle, limit = Infinity, epochItems = Infinity } = options;
  const itemBytes = imageSize(shape);
  const cutter = new ItemCutter(itemBytes);
  const capacity = Math.max(1, Math.min(BUFFER_ITEMS, Math.floor(BUFFER_BYTES / itemBytes), epochItems));
  const buffer = shuffle && new ItemShuffle<StreamItem>(shuffle.buffer ?? capacity, shuffle.seed);
  const batcher = new EpochBatcher(shape, options);
  let place = 0;
  let failure: { readonly error: unknown } | undefined;

  try {
    for await (const chunk of payload) {
      for (const pixels of cutter.push(chunk).slice(0, limit - place)) {
        const arrived = { pixels, place: place++ };
        // A view would keep the whole chunk for as long as the item is in the buffer.
        const next = buffer ? buffer.exchange({ ...arrived, pixels: pixels.slice() }) : arrived;
        const batch = next && batcher.push(next);
        if (batch) yield batch;
      }
      if (place === limit) break;
    }
  } catch (error) {
    failure = { error };
  }
  for (const item of buffer?.rest() ?? []) {
    const batch = batcher.push(item);
    if (batch) yield batch;
  }
  const last = batcher.flush();
  if (last) yield last;
  if (failure) throw failure.error;
}
