// What the pictures of a sample say in two numbers.
import type { FilmFrame } from '../film/filmFrame.js';

export interface Reconstructions {
  /** How much the outputs differ from each other, as a share of how much the images do: 0 where all outputs are the same. */
  readonly spread: number;
  /** The mean squared error as a share of what the mean image would have: below 1 the network has learnt to tell images apart. */
  readonly unexplained: number;
  /** Mean of the outputs, 0 black to 1 white. */
  readonly brightness: number;
}

/** Fewer images say little about the others. */
const LEAST_IMAGES = 5;

const known = new WeakMap<FilmFrame, Reconstructions | undefined>();

/** Nothing where there are too few images, or where they are all the same. */
export function reconstructionsOf(frame: FilmFrame): Reconstructions | undefined {
  if (!known.has(frame)) known.set(frame, measured(frame));
  return known.get(frame);
}

function measured({ images }: FilmFrame): Reconstructions | undefined {
  const targets = images.map(({ target, input }) => target ?? input);
  const variance = varianceOf(targets);
  if (images.length < LEAST_IMAGES || !(variance > 0)) return undefined;
  const outputs = images.map(({ reconstruction }) => reconstruction);
  const loss = images.reduce((sum, image) => sum + image.loss, 0) / images.length;
  const brightness = meanOf(outputs.map((output) => meanOf(output))) / WHITE;
  return { spread: varianceOf(outputs) / variance, unexplained: (loss * WHITE * WHITE) / variance, brightness };
}

const WHITE = 255;

/** Of the images about their mean image, over all pixels. */
function varianceOf(images: readonly Uint8Array[]): number {
  const size = images[0]?.length ?? 0;
  let sum = 0;
  for (let place = 0; place < size; place++) {
    const mean = images.reduce((total, image) => total + image[place]!, 0) / images.length;
    for (const image of images) sum += (image[place]! - mean) ** 2;
  }
  return sum / Math.max(1, images.length - 1) / Math.max(1, size);
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let place = 0; place < values.length; place++) sum += values[place]!;
  return sum / Math.max(1, values.length);
}
