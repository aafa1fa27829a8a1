// The loss of a batch and its gradient, in plain JavaScript and float64.
import { type ImageShape, type ImageValues, isImageLoss, type Loss } from './loss.js';
import type { ChosenLoss, ChosenTerm } from './lossOptions.js';

/** What comes out of a network, and what should. */
export interface ComparedBatch {
  readonly output: ImageValues;
  readonly target: ImageValues;
  /** Of an image. */
  readonly shape: ImageShape;
  /** The output is what goes into the network's last sigmoid, see `logitsLayer`. @default false */
  readonly areLogits?: boolean;
}

/** The mean over all values; of a sum, of all its losses by their weights. */
export function batchLoss({ terms }: Pick<ChosenLoss, 'terms'>, batch: ComparedBatch): number {
  const shown = outputOf(batch);
  return terms.reduce((sum, { loss, weight }) => {
    const ofLogits = logitsOf(loss, batch);
    return sum + weight * (ofLogits ? meanOfValues(ofLogits, batch) : meanOf(loss, { ...batch, output: shown }));
  }, 0);
}

/** By each value of the output. */
export function batchGradient({ terms }: Pick<ChosenLoss, 'terms'>, batch: ComparedBatch): Float64Array {
  const shown = outputOf(batch);
  const gradient = new Float64Array(shown.length);
  for (const term of terms) addGradient(gradient, term, batch, shown);
  return gradient;
}

function addGradient(gradient: Float64Array, { loss, weight }: ChosenTerm, batch: ComparedBatch, shown: ImageValues) {
  const { output, target, areLogits = false } = batch;
  const ofLogits = logitsOf(loss, batch);
  const scale = weight / gradient.length;
  if (ofLogits) {
    for (let at = 0; at < gradient.length; at++) gradient[at]! += scale * ofLogits.derivative(output[at]!, target[at]!);
    return;
  }
  const derivative = derivativeOf(loss, { ...batch, output: shown });
  for (let at = 0; at < gradient.length; at++) {
    const ofSigmoid = areLogits ? shown[at]! * (1 - shown[at]!) : 1;
    gradient[at]! += scale * derivative(at) * ofSigmoid;
  }
}

/** By a value, times the number of all values. */
function derivativeOf(loss: Loss, { output, target, shape }: ComparedBatch): (at: number) => number {
  if (!isImageLoss(loss)) return (at) => loss.derivative(output[at]!, target[at]!);
  const size = sizeOf(shape);
  const gradients = images({ output, target, shape }).map((pair) => loss.gradientOfImage(...pair, shape));
  return (at) => gradients[Math.floor(at / size)]![at % size]! * size;
}

function meanOf(loss: Loss, batch: ComparedBatch): number {
  if (!isImageLoss(loss)) return meanOfValues(loss, batch);
  const pairs = images(batch);
  return pairs.reduce((sum, pair) => sum + loss.ofImage(...pair, batch.shape), 0) / pairs.length;
}

function meanOfValues(
  { value }: { value(output: number, target: number): number },
  { output, target }: ComparedBatch,
): number {
  let sum = 0;
  for (let at = 0; at < output.length; at++) sum += value(output[at]!, target[at]!);
  return sum / output.length;
}

function logitsOf(loss: Loss, { areLogits = false }: ComparedBatch) {
  return areLogits && !isImageLoss(loss) ? loss.ofLogits : undefined;
}

/** As a person sees it. */
export function outputOf({ output, areLogits = false }: ComparedBatch): ImageValues {
  return areLogits ? output.map((logit) => 1 / (1 + Math.exp(-logit))) : output;
}

function images({ output, target, shape }: ComparedBatch): readonly [output: ImageValues, target: ImageValues][] {
  const size = sizeOf(shape);
  return Array.from({ length: output.length / size }, (_, image) => [
    output.subarray(image * size, (image + 1) * size),
    target.subarray(image * size, (image + 1) * size),
  ]);
}

function sizeOf([height, width, channels]: ImageShape): number {
  return height * width * channels;
}
