import { type ImageShape, imageSize } from '../data/batch.js';
import type { Images } from '../model/engine.js';
import { isImageLoss, type Loss } from '../model/losses/loss.js';
import type { ChosenLoss } from '../model/losses/lossOptions.js';
import { toUnit } from './toUnit.js';

/**
 * The loss of each image: the mean over its values, or what an image comes to as a whole, with the weights of a sum.
 * @param output what a network has put out, 0..1
 * @param target what it is compared with: bytes 0..255 or floats 0..1
 */
export function imageLosses(
  output: Float32Array,
  target: Images,
  shape: ImageShape,
  { terms }: Pick<ChosenLoss, 'terms'>,
): Float32Array {
  const size = imageSize(shape);
  const unit = toUnit(target);
  return byImage(output, unit, size, (made, wanted) =>
    terms.reduce((sum, { loss, weight }) => sum + weight * lossOf(loss, made, wanted, shape), 0),
  );
}

/** A number of each image. @param unit 0..1 @param size values of an image */
export function byImage(
  output: Float32Array,
  unit: Float32Array,
  size: number,
  measure: (output: Float32Array, target: Float32Array) => number,
): Float32Array {
  return Float32Array.from({ length: output.length / size }, (_, image) => {
    const [from, to] = [image * size, (image + 1) * size];
    return measure(output.subarray(from, to), unit.subarray(from, to));
  });
}

function lossOf(loss: Loss, output: Float32Array, target: Float32Array, shape: ImageShape): number {
  if (isImageLoss(loss)) return loss.ofImage(output, target, shape);
  let sum = 0;
  for (let at = 0; at < output.length; at++) sum += loss.value(output[at]!, target[at]!);
  return sum / output.length;
}
