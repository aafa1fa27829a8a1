// What a whole IDX file can serve as: images, or labels for them.

import { IdxError } from '../../errors.js';
import { shellWord } from '../../text/shellWord.js';
import { type ImageShape, imageSize } from '../batch.js';
import { formatShape } from './formatShape.js';
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
 * The shape of one image: rank 3 is `[items, height, width]`, rank 4 `[items, height, width, channels]`, uint8; rank 2 is rows of values,
 * images where their shape is said.
 * @param said shape of an image in a row
 * @throws IdxError `IDX_UNSUITABLE` for labels and every other kind of data
 */
export function imageShapeOf({ path, header }: NamedHeader, said?: ImageShape): ImageShape {
  const { dtype, shape } = header;
  const [, height, width, channels = 1] = shape;
  if (dtype === 'uint8' && height !== undefined && width !== undefined && shape.length <= 4)
    return [height, width, channels];
  if (dtype === 'uint8' && shape.length === 2 && said !== undefined && imageSize(said) === height) return said;
  throw new IdxError({
    code: 'IDX_UNSUITABLE',
    path,
    offset: dtype === 'uint8' ? RANK_OFFSET : TYPE_OFFSET,
    expected: 'images: uint8 of rank 3 or 4',
    actual: description(header),
    advice: adviceOn(path, header),
  });
}

function adviceOn(path: string, header: NamedHeader['header']): string {
  const { dtype, shape } = header;
  if (isLabels(header)) return 'This is a label file; give the image file.';
  if (shape.length === 2 && dtype === 'uint8') {
    const side = Math.sqrt(shape[1]!);
    return `These are rows of ${shape[1]} values: say which shape an image has, e.g. --shape ${Number.isInteger(side) ? `${side}x${side}x1` : 'HxWxC'}.`;
  }
  if (dtype === 'uint8' || shape.length < 2 || shape.length > 4)
    return 'Images have height, width and, where there are several, channels: items × height × width × channels.';
  const file = path === 'stdin' ? 'FILE' : path.replace(/(\.(idx|gz))+$/i, '');
  const given = path === 'stdin' ? file : path;
  return `Make bytes 0..255 of it with millrace data convert ${shellWord(given)} ${shellWord(`${file}-uint8.idx`)}, and give these.`;
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
