// Numbers as bytes, for pictures: 0 stands for the lowest, 255 for the highest.

import type { WeightsEvent } from '../../events/schema.js';
import { encodeBase64 } from '../../text/base64.js';

export type Quantized = WeightsEvent['filters'];
type Range = Pick<Quantized, 'low' | 'high'>;

/** From the lowest of the finite numbers to the highest; 0 to 0 where none is finite. */
export function rangeOf(values: Float32Array): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  // Minus zero, which JSON does not know, becomes zero.
  return low <= high ? { low: low + 0, high: high + 0 } : { low: 0, high: 0 };
}

/** The same, made symmetric about 0 where numbers of both signs occur: then 0 lies between the bytes 127 and 128. */
export function signedRangeOf(values: Float32Array): Range {
  const { low, high } = rangeOf(values);
  if (low >= 0 || high <= 0) return { low, high };
  const largest = Math.max(-low, high);
  return { low: -largest, high: largest };
}

/** What lies outside of the range becomes its nearest end, NaN the lowest. */
export function quantize(values: Float32Array, { low, high }: Range): Quantized {
  const scale = high > low ? 255 / (high - low) : 0;
  // It rounds, and clamps; infinity times zero is NaN, which is 0.
  const bytes = Uint8ClampedArray.from(values, (value) => (value - low) * scale);
  return { low, high, values: encodeBase64(bytes) };
}
