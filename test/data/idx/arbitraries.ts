// Arbitrary IDX files, and arbitrary ways to cut bytes into chunks.
import fc from 'fast-check';
import { encodeIdx } from '../../../src/data/idx/encoder.js';
import type { IdxValues } from '../../../src/data/idx/values.js';

export interface ShapedValues {
  readonly shape: readonly number[];
  readonly values: IdxValues;
}

const values: readonly ((length: number) => fc.Arbitrary<IdxValues>)[] = [
  (length) => fc.uint8Array({ minLength: length, maxLength: length }),
  (length) => fc.int8Array({ minLength: length, maxLength: length }),
  (length) => fc.int16Array({ minLength: length, maxLength: length }),
  (length) => fc.int32Array({ minLength: length, maxLength: length }),
  (length) => fc.float32Array({ minLength: length, maxLength: length }),
  (length) => fc.float64Array({ minLength: length, maxLength: length }),
];

/** Any rank up to 6, all six element types. */
export const shapedValues: fc.Arbitrary<ShapedValues> = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }), fc.constantFrom(...values))
  .chain(([shape, valuesOf]) =>
    valuesOf(shape.reduce((product, dimension) => product * dimension, 1)).map((values) => ({ shape, values })),
  );

export const idxBytes: fc.Arbitrary<Uint8Array> = shapedValues.map(({ shape, values }) => encodeIdx(shape, values));

/** Bytes that begin well and end anyhow: good files cut short, made longer, or with a few bytes changed; and plain noise. */
export const doubtfulBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.tuple(idxBytes, fc.nat()).map(([bytes, cut]) => bytes.subarray(0, cut % bytes.length)),
  fc
    .tuple(idxBytes, fc.uint8Array({ minLength: 1, maxLength: 9 }))
    .map(([bytes, more]) => Buffer.concat([bytes, more])),
  fc.tuple(idxBytes, fc.nat({ max: 24 }), fc.integer({ min: 0, max: 255 })).map(([bytes, place, byte]) => {
    const changed = bytes.slice();
    changed[place % changed.length] = byte;
    return changed;
  }),
);

/** Where to cut; empty chunks included. */
export const cuts: fc.Arbitrary<readonly number[]> = fc.array(fc.nat({ max: 200 }), { maxLength: 12 });

export function split(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

export async function* delivered(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield* chunks;
}
