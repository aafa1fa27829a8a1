import { type Batch, imageSize, type Pixels } from '../../data/batch.js';
import type { Dataset } from '../../data/dataset.js';
import { DataError } from '../../errors.js';
import type { EventBody } from '../../events/schema.js';
import { canDecode, type PartialEngine } from '../../model/engine.js';
import { encodeBase64 } from '../../text/base64.js';
import { type Quantized, quantize, rangeOf } from './quantize.js';

/** Number of images whose reconstruction is shown. */
export const SAMPLE_ITEMS = 10;
/** A larger latent is not a picture, and not part of a sample. */
const MOST_LATENT_VALUES = 4096;

/** The first images of a data set as one batch; the same ones each time, so that samples can be compared. */
export async function readSampleImages(dataset: Dataset): Promise<Batch> {
  const reader = await dataset.batches({ size: SAMPLE_ITEMS }).open(new AbortController().signal);
  try {
    const first = await reader.next();
    if (first.done === true) throw noImages(dataset);
    return first.value;
  } finally {
    await reader.close();
  }
}

function noImages({ name }: Dataset): DataError {
  return new DataError({ code: 'DATA_EMPTY', problem: `${name} has no image to show`, advice: 'Give one at least.' });
}

/** The first images of a batch. */
export function firstImages({ pixels, shape, target, labels, indices, epoch, index }: Batch): Batch {
  const items = Math.min(SAMPLE_ITEMS, shape[0]);
  const [, height, width, channels] = shape;
  const values = items * imageSize([height, width, channels]);
  return {
    pixels: pixels.subarray(0, values),
    shape: [items, height, width, channels],
    length: items,
    ...(target && { target: target.subarray(0, values) }),
    ...(labels && { labels: labels.subarray(0, items) }),
    indices: indices.subarray(0, items),
    epoch,
    index,
  };
}

type SampleBody = Extract<EventBody, { type: 'sample' }>;

/**
 * Reconstructs the images as the network is now, with an engine that can. Losses are taken from floats; pictures are rounded to
 * 8 bits.
 */
export function sampleImages(engine: PartialEngine, images: Batch, split: 'train' | 'test'): SampleBody {
  const [, height, width, channels] = images.shape;
  const size = imageSize([height, width, channels]);
  const { latents, reconstruction } = reconstruct(engine, images.pixels);
  const latentSize = (latents?.length ?? 0) / images.length;
  const quantized = latents && quantizedLatents(latents, latentSize);
  const items = Array.from({ length: images.length }, (_, item) => {
    const range = [item * size, (item + 1) * size] as const;
    const input = images.pixels.subarray(...range);
    const target = images.target?.subarray(...range);
    const output = reconstruction.subarray(...range);
    const label = images.labels?.[item];
    return {
      index: images.indices[item] ?? item,
      ...(label !== undefined && { label }),
      loss: meanSquaredError(output, target ?? input),
      input: base64(input),
      ...(target && { target: base64(target) }),
      reconstruction: base64(output),
      ...(quantized && { latent: quantized[item]! }),
    };
  });
  return {
    type: 'sample',
    split,
    shape: [height, width, channels],
    ...(quantized && { latentShape: latentShapeOf(engine, latentSize) }),
    items,
  };
}

/** What `reconstruct` does, without encoding twice where latents alone make images. */
function reconstruct(engine: PartialEngine, images: Pixels) {
  const latents = engine.encode?.(images);
  const isDecoded = engine.reconstruct === undefined || canDecode(engine);
  const reconstruction = latents && isDecoded ? engine.decode!(latents) : engine.reconstruct!(images);
  return { latents, reconstruction };
}

/** A network that does not say has a list of latents. */
function latentShapeOf({ network: { latentShape } }: PartialEngine, size: number): number[] {
  return latentShape.reduce((product, side) => product * side, 1) === size ? [...latentShape] : [size];
}

/** Of each item, all in one range, so that they can be compared; nothing where they are too large. */
function quantizedLatents(latents: Float32Array, size: number): readonly Quantized[] | undefined {
  if (size > MOST_LATENT_VALUES) return undefined;
  const range = rangeOf(latents);
  return Array.from({ length: latents.length / size }, (_, item) =>
    quantize(latents.subarray(item * size, (item + 1) * size), range),
  );
}

function meanSquaredError(output: Float32Array, target: Pixels): number {
  const scale = target instanceof Uint8Array ? 1 / 255 : 1;
  const sum = output.reduce((total, value, index) => total + (value - (target[index] ?? 0) * scale) ** 2, 0);
  return sum / output.length;
}

/** 8-bit pixels in base64. A NaN becomes black. */
function base64(pixels: Pixels): string {
  return encodeBase64(pixels instanceof Uint8Array ? pixels : inBytes(pixels));
}

/** A loop: `from` with a function took 70 µs an image. */
function inBytes(pixels: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(pixels.length);
  for (let index = 0; index < pixels.length; index++) bytes[index] = pixels[index]! * 255;
  return bytes;
}
