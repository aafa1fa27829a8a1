// One sample of the run as the dashboard holds it: bytes instead of text, and nothing that does not fit its own shape.

import type { LiveSample } from '../../events/liveSample.js';
import type { SampleEvent, WeightsEvent } from '../../events/schema.js';
import { decodeBytes } from '../../text/base64.js';

/** Numbers as bytes: 0 stands for `low`, 255 for `high`. */
export interface Quantized {
  readonly low: number;
  readonly high: number;
  readonly values: Uint8Array;
}

/** One image of a sample: what the network saw and what it made of it. */
export interface SampleImage {
  readonly index: number;
  readonly label: number | undefined;
  readonly loss: number;
  /** 8-bit pixels in (h, w, c) order. */
  readonly input: Uint8Array;
  /** What the reconstruction is compared with, where it differs from the input. */
  readonly target: Uint8Array | undefined;
  readonly reconstruction: Uint8Array;
  /** The encoder's output, in the shape `latentShape` of the frame. */
  readonly latent: Quantized | undefined;
}

/** The first layer's filters. */
export interface Filters {
  readonly step: number;
  readonly layer: string;
  readonly shape: readonly [filters: number, height: number, width: number, channels: number];
  readonly levels: Quantized;
}

/** The sample images as they were after one step. */
export interface Sample {
  readonly split: SampleEvent['split'];
  readonly epoch: number;
  readonly step: number;
  readonly elapsedMs: number;
  readonly shape: readonly [height: number, width: number, channels: number];
  /** `[h, w, c]` or `[n]`. */
  readonly latentShape: readonly number[] | undefined;
  readonly images: readonly SampleImage[];
}

export interface FilmFrame extends Sample {
  /** The how manyeth sample of the run it is, from 1. */
  readonly number: number;
  /** Training loss at that step; nothing before training. */
  readonly loss: number | undefined;
  readonly filters: Filters | undefined;
}

const PROBES_KEPT = 10;
/** As the events promise: larger latents are left out there. */
const MOST_LATENT_VALUES = 4096;
const MOST_FILTER_VALUES = 65_536;

/**
 * A sample's pictures; nothing where the pixels are not as many as the shape says. A latent that does not fit its shape
 * is left out alone.
 *
 * @param mostBytes keeps so many of the first images that they fit
 */
export function sampleOf(event: Omit<LiveSample, 'type'>, mostBytes: number): Sample | undefined {
  const { split, epoch, step, elapsedMs, shape } = event;
  const size = countOf(shape);
  const items = event.items.slice(0, Math.min(PROBES_KEPT, Math.floor(mostBytes / (3 * size))));
  const latentShape = [1, 3].includes(event.latentShape?.length ?? 0) ? event.latentShape : undefined;
  const latentSize = latentShape === undefined ? 0 : countOf(latentShape);
  const images: SampleImage[] = [];
  for (const { index, label, loss, latent, ...pictures } of items) {
    const input = decodeBytes(pictures.input, size);
    const target = pictures.target === undefined ? undefined : decodeBytes(pictures.target, size);
    const reconstruction = decodeBytes(pictures.reconstruction, size);
    if (input === undefined || reconstruction === undefined || (pictures.target !== undefined && target === undefined))
      return undefined;
    const levels = latent && latentSize <= MOST_LATENT_VALUES ? quantizedOf(latent, latentSize) : undefined;
    images.push({ index, label, loss, input, target, reconstruction, latent: levels });
  }
  if (images.length === 0) return undefined;
  return { split, epoch, step, elapsedMs, shape, latentShape, images };
}

/** Nothing where the values are not as many as the shape says, or too many to be looked at. */
export function filtersOf({ step, layer, shape, filters }: WeightsEvent): Filters | undefined {
  const [count, height, width, channels] = shape;
  const size = countOf(shape);
  if (shape.length !== 4 || size > MOST_FILTER_VALUES) return undefined;
  const levels = quantizedOf(filters, size);
  return levels && { step, layer, shape: [count!, height!, width!, channels!], levels };
}

/** 0 where it is not a shape. */
function countOf(shape: readonly number[]): number {
  return shape.every((side) => Number.isInteger(side) && side >= 1)
    ? shape.reduce((product, side) => product * side, 1)
    : 0;
}

interface WireQuantized {
  readonly low: number;
  readonly high: number;
  readonly values: string;
}

function quantizedOf({ low, high, values }: WireQuantized, size: number): Quantized | undefined {
  const bytes = decodeBytes(values, size);
  return bytes && Number.isFinite(low) && Number.isFinite(high) ? { low, high, values: bytes } : undefined;
}
