// What a preset makes for images of a shape, and the layers that several presets have.
import type { Architecture } from '../architecture.js';
import type { Layer } from '../layers/layers.js';

/** Encoder and decoder, as yet without what makes them fit images that they do not divide. */
export type Halves = Pick<Architecture, 'encoder' | 'decoder'>;

/** A preset: the layers for images of `[height, width, channels]`. */
export type PresetLayers = (input: Architecture['input']) => Halves;

export const pool: Layer = { type: 'maxPooling2d', poolSize: 2 };

export function convolution(filters: number, activation: 'relu' | 'sigmoid'): Layer {
  return { type: 'conv2d', filters, kernelSize: 3, padding: 'same', activation };
}

export function transposed(filters: number, kernelSize: number, activation: 'relu' | 'sigmoid'): Layer {
  return { type: 'conv2dTranspose', filters, kernelSize, strides: 2, activation };
}

/** The reference notebook's. */
export const notebookEncoder: readonly Layer[] = [convolution(16, 'relu'), pool, convolution(4, 'relu'), pool];
