import type { Images } from '../model/engine.js';
import type { ValueLoss } from '../model/losses/loss.js';

/**
 * The loss of each image: the mean over its values.
 * @param output what a network has put out, 0..1
 * @param target what it is compared with: bytes 0..255 or floats 0..1
 * @param size values of an image
 */
export function imageLosses(output: Float32Array, target: Images, size: number, { value }: ValueLoss): Float32Array {
  const unit = target instanceof Uint8Array ? 1 / 255 : 1;
  const losses = new Float32Array(output.length / size);
  for (let image = 0; image < losses.length; image++) {
    const end = (image + 1) * size;
    let sum = 0;
    for (let at = image * size; at < end; at++) sum += value(output[at]!, target[at]! * unit);
    losses[image] = sum / size;
  }
  return losses;
}
