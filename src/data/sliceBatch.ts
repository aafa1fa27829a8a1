// Images taken out of batches and put into others: what operators that regroup batches are made of.
import { MillraceError } from '../errors.js';
import { type Batch, imageSize, type Pixels } from './batch.js';

/** The images `from` … `to − 1` of a batch, as views. */
export function viewItems(batch: Batch, from: number, to: number): Batch {
  const [, height, width, channels] = batch.shape;
  const size = imageSize([height, width, channels]);
  return {
    pixels: batch.pixels.subarray(from * size, to * size),
    shape: [to - from, height, width, channels],
    length: to - from,
    ...(batch.target && { target: batch.target.subarray(from * size, to * size) }),
    ...(batch.labels && { labels: batch.labels.subarray(from, to) }),
    indices: batch.indices.subarray(from, to),
    epoch: batch.epoch,
    index: batch.index,
  };
}

/** A batch of the same epoch and kind with room for `items` images, to be filled by `copyItems` before anyone sees it. */
export function blankLike(batch: Batch, items: number, index: number): Batch {
  const [, height, width, channels] = batch.shape;
  const values = items * imageSize([height, width, channels]);
  return {
    pixels: blankPixels(batch.pixels, values),
    shape: [items, height, width, channels],
    length: items,
    ...(batch.target && { target: blankPixels(batch.target, values) }),
    ...(batch.labels && { labels: new Uint8Array(items) }),
    indices: new Uint32Array(items),
    epoch: batch.epoch,
    index,
  };
}

function blankPixels(like: Pixels, values: number): Pixels {
  return like instanceof Uint8Array ? new Uint8Array(values) : new Float32Array(values);
}

/**
 * Copies `count` images of `from`, beginning at `start`, to the place `at` in `to`.
 * @throws MillraceError `BATCH_KIND` where the two differ in shape, in type, or in having targets or labels
 */
export function copyItems(from: Batch, start: number, count: number, to: Batch, at: number): void {
  requireSameKind(from, to);
  const [, height, width, channels] = from.shape;
  const size = imageSize([height, width, channels]);
  to.pixels.set(from.pixels.subarray(start * size, (start + count) * size), at * size);
  if (from.target) to.target?.set(from.target.subarray(start * size, (start + count) * size), at * size);
  if (from.labels) to.labels?.set(from.labels.subarray(start, start + count), at);
  to.indices.set(from.indices.subarray(start, start + count), at);
}

function requireSameKind(from: Batch, to: Batch): void {
  if (sameKind(from, to)) return;
  throw new MillraceError({
    code: 'BATCH_KIND',
    problem: 'batches to be regrouped differ',
    expected: kindOf(to),
    actual: kindOf(from),
    advice: 'Let the same operators act on every batch before they are regrouped.',
  });
}

function sameKind(one: Batch, other: Batch): boolean {
  return (
    [1, 2, 3].every((axis) => one.shape[axis] === other.shape[axis]) &&
    isBytes(one.pixels) === isBytes(other.pixels) &&
    isBytes(one.target) === isBytes(other.target) &&
    (one.target === undefined) === (other.target === undefined) &&
    (one.labels === undefined) === (other.labels === undefined)
  );
}

function isBytes(pixels: Pixels | undefined): boolean {
  return pixels instanceof Uint8Array;
}

function kindOf({ pixels, shape: [, height, width, channels], target, labels }: Batch): string {
  const parts = [`${isBytes(pixels) ? 'bytes' : 'floats'} of ${height}×${width}×${channels}`];
  if (target) parts.push(`targets in ${isBytes(target) ? 'bytes' : 'floats'}`);
  if (labels) parts.push('labels');
  return parts.join(' with ');
}
