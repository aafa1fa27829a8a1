// Batches of a user's own are looked at where they come in: what is wrong with one says so there, not somewhere in an engine.
import { MillraceError } from '../errors.js';
import { describeValue } from '../text/describeValue.js';
import type { Batch, Pixels } from './batch.js';

/**
 * Looks at the fields of a batch, not at each of its values.
 * @throws MillraceError `BATCH` that names the field
 */
export function requireBatch(batch: Batch): void {
  if (typeof batch !== 'object' || batch === null)
    throw wrong(
      'a batch',
      'an object with pixels, shape, length, indices, epoch and index',
      batch,
      'memoryDataset makes batches of bytes.',
    );
  const { shape, length, pixels, target, labels, indices, epoch, index } = batch;
  if (!(Array.isArray(shape) && shape.length === 4 && shape.every((side) => Number.isSafeInteger(side) && side >= 1)))
    throw wrong(
      'shape',
      '[items, height, width, channels], whole numbers of at least 1',
      shape,
      'Grey images have one channel.',
    );
  if (length !== shape[0]) throw wrong('length', `shape[0], ${shape[0]}`, length, 'It is the number of images.');
  const values = shape[0] * shape[1] * shape[2] * shape[3];
  requirePixels('pixels', pixels, values);
  if (target !== undefined) requirePixels('target', target, values);
  if (labels !== undefined && !(labels instanceof Uint8Array && labels.length === length))
    throw wrong('labels', `a Uint8Array of ${length}`, labels, 'There is one label for each image, or none at all.');
  if (!(indices instanceof Uint32Array && indices.length === length))
    throw wrong(
      'indices',
      `a Uint32Array of ${length}`,
      indices,
      'It has the place of each image in the data set, from 0.',
    );
  if (!(Number.isSafeInteger(epoch) && epoch >= 1))
    throw wrong('epoch', 'a whole number, 1 or more', epoch, 'Epochs count from 1.');
  if (!(Number.isSafeInteger(index) && index >= 0))
    throw wrong('index', 'a whole number, 0 or more', index, 'It counts the batches of an epoch, from 0.');
}

/** A brightened image goes beyond 1, a byte far beyond. */
const BRIGHTEST_FLOAT = 2;

/**
 * Looks for bytes in the place of floats, in one pass over the values: for the first batch of a stream.
 * @throws MillraceError `BATCH`
 */
export function requireUnitPixels({ pixels, target }: Batch): void {
  for (const [field, values] of [
    ['pixels', pixels],
    ['target', target],
  ] as const) {
    if (!(values instanceof Float32Array)) continue;
    const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (greatest > BRIGHTEST_FLOAT && greatest < Infinity)
      throw wrong(field, 'floats 0..1', greatest, 'Give bytes 0..255 as a Uint8Array, or divide by 255.');
  }
}

function requirePixels(field: string, pixels: Pixels, values: number): void {
  if (!(pixels instanceof Uint8Array || pixels instanceof Float32Array))
    throw wrong(field, 'a Uint8Array (0..255) or a Float32Array (0..1)', pixels, 'Uint8Array.from(values) makes one.');
  if (pixels.length !== values)
    throw wrong(
      field,
      `${values} values, as the shape says`,
      `${pixels.length}`,
      'Images are stored one after the other, in h, w, c order.',
    );
}

function wrong(field: string, expected: string, found: unknown, advice: string): MillraceError {
  const actual = ArrayBuffer.isView(found)
    ? `a ${found.constructor.name} of ${(found as Uint8Array).length}`
    : describe(found);
  return new MillraceError({
    code: 'BATCH',
    problem: field === 'a batch' ? field : `batch.${field}`,
    expected,
    actual,
    advice,
  });
}

function describe(found: unknown): string {
  return typeof found === 'string' ? found : describeValue(found);
}
