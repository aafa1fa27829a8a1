import type { Images } from '../model/engine.js';

/** Bytes 0..255 as floats 0..1, as engines see them; floats as they are. */
export function toUnit(images: Images): Float32Array {
  if (images instanceof Float32Array) return images;
  const unit = new Float32Array(images.length);
  // A loop: `from` with a function takes twenty times as long.
  for (let at = 0; at < images.length; at++) unit[at] = images[at]! / 255;
  return unit;
}
