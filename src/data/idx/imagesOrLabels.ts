// What a whole IDX file can serve as: images, or labels for them.

import { IdxError } from '../../errors.js';
import { arrange } from '../array/imageLayout.js';
import { notArranged, notBytes, type Unsuitable } from '../array/unsuitable.js';
import type { ImageShape } from '../batch.js';
import { isChannelsFirst } from '../channelsFirst.js';
import { formatShape } from '../formatShape.js';
import type { IdxHeader } from './header.js';

/** What a file says of itself, and the name that errors give it. */
export interface NamedHeader {
  readonly path: string;
  readonly header: Pick<IdxHeader, 'dtype' | 'shape'>;
}

/** The header's fourth byte, the rank: where images and labels differ. */
const RANK_OFFSET = 3;
const TYPE_OFFSET = 2;
const COUNT_OFFSET = 4;

/**
 * The shape of one image: rank 3 is `[items, height, width]`, rank 4 `[items, height, width, channels]`, uint8.
 * @throws IdxError `IDX_UNSUITABLE` for labels and every other kind of data
 */
export function imageShapeOf({ path, header }: NamedHeader): ImageShape {
  const { dtype, shape } = header;
  const [, height, width, channels = 1] = shape;
  if (dtype === 'uint8' && height !== undefined && width !== undefined && shape.length <= 4) {
    if (shape.length === 3 || !isChannelsFirst([height, width, channels])) return [height, width, channels];
    throw new IdxError(unsuitableImages({ path, header }, channelsFirst(header)));
  }
  throw new IdxError(unsuitableImages({ path, header }, unsuitableAs(path, header)));
}

/** What an error says of a file without images to train on. */
export function unsuitableImages({ path, header }: NamedHeader, what: Unsuitable) {
  return {
    code: 'IDX_UNSUITABLE' as const,
    path,
    offset: header.dtype === 'uint8' ? RANK_OFFSET : TYPE_OFFSET,
    expected: 'images: uint8 of rank 3 or 4',
    ...what,
  };
}

function unsuitableAs(path: string, header: NamedHeader['header']): Unsuitable {
  const actual = description(header);
  if (isLabels(header)) return { actual, advice: 'This is a label file; give the image file.' };
  const array = { ...header, bigEndian: false };
  const arranged = arrange(header.shape, { layout: 'hwc' });
  const { advice } = typeof arranged === 'string' ? notArranged(path, array, arranged) : notBytes(path, array);
  return { actual, advice };
}

function channelsFirst(header: NamedHeader['header']): Unsuitable {
  const [, channels, height, width] = header.shape;
  return {
    actual: `${description(header)}, which looks like ${channels} channels first, then ${height}×${width} pixels`,
    advice: `Say so with --layout chw; where they are images of ${channels}×${height} with ${width} channels, with --layout hwc.`,
  };
}

/**
 * Checks that a file can serve as labels: uint8 of rank 1.
 * @throws IdxError `IDX_UNSUITABLE`
 */
export function checkLabels({ path, header }: NamedHeader): void {
  if (isLabels(header)) return;
  throw new IdxError({
    code: 'IDX_UNSUITABLE',
    path,
    offset: header.dtype === 'uint8' ? RANK_OFFSET : TYPE_OFFSET,
    expected: 'labels: uint8 of rank 1',
    actual: description(header),
    advice: 'This is not a label file; give the one that belongs to the images.',
  });
}

/**
 * Checks that there is one label for each image.
 * @throws IdxError `IDX_COUNT_MISMATCH`, whose `path` is that of the labels
 */
export function checkCounts(images: NamedHeader, labels: NamedHeader): void {
  const [imageCount] = images.header.shape;
  const [labelCount] = labels.header.shape;
  if (labelCount === imageCount) return;
  throw new IdxError({
    code: 'IDX_COUNT_MISMATCH',
    path: labels.path,
    offset: COUNT_OFFSET,
    expected: `${imageCount} labels, one for each image of ${images.path}`,
    actual: String(labelCount),
    advice: 'Use images and labels of the same set, training or test.',
  });
}

function isLabels({ dtype, shape }: NamedHeader['header']): boolean {
  return dtype === 'uint8' && shape.length === 1;
}

function description({ dtype, shape }: NamedHeader['header']): string {
  return `${dtype} of rank ${shape.length} (${formatShape(shape)})`;
}
