import type { Images } from '../engine.js';

const brightness = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** Values 0..1. */
export function toFloats(images: Images): Float32Array {
  if (!(images instanceof Uint8Array)) return images;
  const floats = new Float32Array(images.length);
  for (let i = 0; i < images.length; i++) floats[i] = brightness[images[i]!]!;
  return floats;
}

/** Over all values, summed in float64. */
export function meanSquaredError(output: Float32Array, target: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < output.length; i++) sum += (output[i]! - target[i]!) ** 2;
  return sum / output.length;
}
