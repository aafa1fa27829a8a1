/** Images as a network puts them out, with what else is known of them. */
export interface PictureBatch {
  /** 0..1, or bytes 0..255; NHWC. */
  readonly reconstruction: Float32Array | Uint8Array;
  /** Number of images. */
  readonly length: number;
  /** One label for each, where there are labels. */
  readonly labels?: Uint8Array;
  /** What went in, where images did: bytes 0..255 or floats 0..1. */
  readonly pixels?: Uint8Array | Float32Array;
}

/** Floats 0..1 as bytes, rounded; what lies beyond is brought to the ends. */
export function toBytes(values: Uint8Array | Float32Array): Uint8Array {
  if (values instanceof Uint8Array) return values;
  const clamped = new Uint8ClampedArray(values.length);
  // A loop, as in `toUnit`.
  for (let at = 0; at < values.length; at++) clamped[at] = values[at]! * 255;
  return new Uint8Array(clamped.buffer);
}
