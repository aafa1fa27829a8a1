import type { Images } from '../engine.js';

const brightness = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** Values 0..1. */
export function toFloats(images: Images): Float32Array {
  if (!(images instanceof Uint8Array)) return images;
  const floats = new Float32Array(images.length);
  for (let i = 0; i < images.length; i++) floats[i] = brightness[images[i]!]!;
  return floats;
}
