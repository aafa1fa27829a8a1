// The binary batches of CIFAR-10 and CIFAR-100: records of one label, or two, and an image of 32×32, its red plane first.
// @see https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version"
import type { ImageShape } from '../batch.js';

export const CIFAR_SHAPE: ImageShape = [32, 32, 3];
const IMAGE_BYTES = 32 * 32 * 3;

export interface CifarKind {
  readonly name: string;
  /** How many classes each byte before the image tells apart; the last is the label. */
  readonly classes: readonly number[];
  readonly recordBytes: number;
}

export const CIFAR_10: CifarKind = { name: 'CIFAR-10', classes: [10], recordBytes: 1 + IMAGE_BYTES };

/** The first label is the superclass. */
export const CIFAR_100: CifarKind = { name: 'CIFAR-100', classes: [20, 100], recordBytes: 2 + IMAGE_BYTES };

/** What a file of this size may be. */
export function kindsOfSize(size: number): readonly CifarKind[] {
  return [CIFAR_10, CIFAR_100].filter(({ recordBytes }) => size > 0 && size % recordBytes === 0);
}

/** The place of the first record that has a label which there is not, of the whole records in `bytes`; `undefined` where there is none. */
export function badRecord(bytes: Uint8Array, { classes, recordBytes }: CifarKind): number | undefined {
  for (let record = 0; (record + 1) * recordBytes <= bytes.length; record++)
    if (classes.some((count, at) => bytes[record * recordBytes + at]! >= count)) return record;
  return undefined;
}

/** The label of a record. */
export function labelOf(record: Uint8Array, { classes }: CifarKind): number {
  return record[classes.length - 1]!;
}
