import type { ImageReader, ImageStore } from './imageStore.js';

/** The images of several stores of one image size, one store after the other. */
export function concatStores(stores: readonly ImageStore[]): ImageStore {
  const starts = [0];
  for (const { items } of stores) starts.push(starts.at(-1)! + items);
  const items = starts.at(-1)!;
  const { imageSize } = stores[0]!;
  return {
    items,
    imageSize,
    open(signal) {
      const opening = stores.map((store) => store.open(signal));
      return opening.every(isOpen)
        ? joinReaders(opening, starts, imageSize)
        : openAll(opening).then((readers) => joinReaders(readers, starts, imageSize));
    },
  };
}

function isOpen(reader: ImageReader | Promise<ImageReader>): reader is ImageReader {
  return !(reader instanceof Promise);
}

/** All of them, or none: where one fails, the others are closed. */
async function openAll(opening: readonly (ImageReader | Promise<ImageReader>)[]): Promise<ImageReader[]> {
  const opened = await Promise.allSettled(opening);
  const readers = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = opened.find((result) => result.status === 'rejected');
  if (failed === undefined) return readers;
  await closeAll(readers);
  throw failed.reason;
}

/** @param starts place of each part's first image, and the number of all images at the end */
function joinReaders(readers: readonly ImageReader[], starts: readonly number[], imageSize: number): ImageReader {
  return {
    read(from, to) {
      const rows = readers.flatMap((reader, part) => {
        const [first, last] = [Math.max(from, starts[part]!), Math.min(to, starts[part + 1]!)];
        return first < last
          ? [{ bytes: reader.read(first - starts[part]!, last - starts[part]!), at: first - from }]
          : [];
      });
      if (rows.length === 1) return rows[0]!.bytes;
      const pixels = new Uint8Array((to - from) * imageSize);
      const pending = rows.flatMap(({ bytes, at }) => {
        if (bytes instanceof Promise) return [bytes.then((read) => pixels.set(read, at * imageSize))];
        pixels.set(bytes, at * imageSize);
        return [];
      });
      return pending.length === 0 ? pixels : Promise.all(pending).then(() => pixels);
    },
    close: () => closeAll(readers),
  };
}

async function closeAll(readers: readonly ImageReader[]): Promise<void> {
  const closed = await Promise.allSettled(readers.map((reader) => reader.close()));
  const failed = closed.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
