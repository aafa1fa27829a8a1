import type { LayerShape } from '../model/layers/definition/layerShape.js';

/** What `encode` adds to a batch, and what can be decoded. */
export interface Latents {
  /** `length × the values of latentShape`, one image after the other; NHWC. */
  readonly latents: Float32Array;
  /** Of an image's latents: `[height, width, channels]`, or `[units]`. */
  readonly latentShape: LayerShape;
}

/** Latents that flow without their images. */
export interface LatentBatch extends Latents {
  /** Number of images. */
  readonly length: number;
  /** One label for each, where there are labels. */
  readonly labels?: Uint8Array;
}
