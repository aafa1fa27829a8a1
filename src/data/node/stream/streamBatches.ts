import { type Batch, type ImageShape, imageSize } from '../../batch.js';
import type { StreamBatchOptions } from '../../imageStream.js';
import { ItemCutter } from './itemChunker.js';
import { ItemShuffle } from './itemShuffle.js';

interface StreamItem {
  readonly pixels: Uint8Array;
  /** Place in the stream. */
  readonly place: number;
}

const BUFFER_ITEMS = 10_000;
const BUFFER_BYTES = 2 ** 28;

/**
 * Batches from a payload that arrives in chunks of any size. The source holds one batch and the shuffle buffer.
 * @param payload ends, or fails, after its last item; with a `limit` it is not read so far
 */
export async function* streamBatches(
  payload: AsyncIterable<Uint8Array>,
  shape: ImageShape,
  { size = 20, dropLast = false, shuffle, limit = Infinity }: StreamBatchOptions,
): AsyncGenerator<Batch, void> {
  const itemBytes = imageSize(shape);
  const cutter = new ItemCutter(itemBytes);
  const capacity = Math.max(1, Math.min(BUFFER_ITEMS, Math.floor(BUFFER_BYTES / itemBytes)));
  const buffer = shuffle && new ItemShuffle<StreamItem>(shuffle.buffer ?? capacity, shuffle.seed);
  let place = 0;
  let index = 0;
  let items: StreamItem[] = [];
  const batch = (): Batch => {
    const full = items;
    items = [];
    return batchOf(full, shape, index++);
  };

  for await (const chunk of payload) {
    for (const pixels of cutter.push(chunk).slice(0, limit - place)) {
      const arrived = { pixels, place: place++ };
      // A view would keep the whole chunk for as long as the item is in the buffer.
      const next = buffer ? buffer.exchange({ ...arrived, pixels: pixels.slice() }) : arrived;
      if (next && items.push(next) === size) yield batch();
    }
    if (place === limit) break;
  }
  for (const item of buffer?.rest() ?? []) if (items.push(item) === size) yield batch();
  if (items.length > 0 && !dropLast) yield batch();
}

function batchOf(items: readonly StreamItem[], shape: ImageShape, index: number): Batch {
  return {
    pixels: new Uint8Array(Buffer.concat(items.map(({ pixels }) => pixels))),
    shape: [items.length, ...shape],
    length: items.length,
    indices: Uint32Array.from(items, ({ place }) => place),
    epoch: 1,
    index,
  };
}
