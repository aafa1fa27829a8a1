// What a loss is: how far images are from their targets, and which way is down. The loss of a batch is the mean over all its values.
import type { Architecture } from '../architecture.js';

/** Two formulas for one value. */
export interface ValueLoss {
  value(output: number, target: number): number;
  /** By the output. */
  derivative(output: number, target: number): number;
}

/** One value after the other, whatever stands beside it. */
export interface PointwiseLoss extends ValueLoss {
  /** Only defined for outputs from 0 to 1. @default false */
  readonly isOfShares?: boolean;
  /** The same of what goes into a last sigmoid, where that loses no digits. @default it makes no difference */
  readonly ofLogits?: ValueLoss;
}

/** Values of an image, `[height, width, channels]`. */
export type ImageValues = Float32Array | Float64Array;
export type ImageShape = Architecture['input'];

/** Of an image as a whole: a value there is judged by its neighbours, too. */
export interface ImageLoss {
  ofImage(output: ImageValues, target: ImageValues, shape: ImageShape): number;
  /** By each value of the output. */
  gradientOfImage(output: ImageValues, target: ImageValues, shape: ImageShape): Float64Array;
}

/** What training makes as small as it can. */
export type Loss = PointwiseLoss | ImageLoss;

export function isImageLoss(loss: Loss): loss is ImageLoss {
  return 'ofImage' in loss;
}

/** What can be set of losses. */
export interface LossSettings {
  readonly huberDelta: number;
}
