import type { Batch } from '../batch.js';
import type { ImageStream } from '../imageStream.js';
import { transposeImage } from './transposed.js';

/** The images of a stream with rows and columns exchanged. */
export function transposedStream(stream: ImageStream): ImageStream {
  const [height, width, channels] = stream.shape;
  return {
    shape: [width, height, channels],
    ...(stream.items !== undefined && { items: stream.items }),
    batches(options) {
      const batches = stream.batches(options);
      return {
        async open(signal) {
          const reader = await batches.open(signal);
          return {
            async next() {
              const next = await reader.next();
              return next.done === true ? next : { done: false, value: transposedBatch(next.value) };
            },
            close: () => reader.close(),
          };
        },
      };
    },
    close: () => stream.close(),
  };
}

/** @param batch of bytes, as a stream gives it */
function transposedBatch(batch: Batch): Batch {
  const [items, height, width, channels] = batch.shape;
  const size = height * width * channels;
  const pixels = new Uint8Array(batch.pixels.length);
  for (let item = 0; item < items; item++) {
    const image = batch.pixels.subarray(item * size, (item + 1) * size) as Uint8Array;
    pixels.set(transposeImage(image, [height, width, channels]), item * size);
  }
  return { ...batch, pixels, shape: [items, width, height, channels] };
}
