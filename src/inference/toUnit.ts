import type { Images } from '../model/engine.js';

/** Bytes 0..255 as floats 0..1, as engines see them; floats as they are. */
export function toUnit(images: Images): Float32Array {
  return images instanceof Float32Array ? images : Float32Array.from(images, (value) => value / 255);
}
