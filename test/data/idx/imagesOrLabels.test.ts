import { expect, test } from 'vitest';
import type { IdxDtype } from '../../../src/data/idx/dtype.js';
import { checkCounts, checkLabels, imageShapeOf } from '../../../src/data/idx/imagesOrLabels.js';

const file = (path: string, shape: number[], dtype: IdxDtype = 'uint8') => ({ path, header: { dtype, shape } });

test('gives the shape of an image, one channel where the file has none', () => {
  expect(imageShapeOf(file('grey', [5, 28, 20]))).toEqual([28, 20, 1]);
  expect(imageShapeOf(file('colour', [5, 32, 30, 3]))).toEqual([32, 30, 3]);
});

test.each([
  { given: 'labels', shape: [60_000], actual: 'uint8 of rank 1 (60000)', offset: 3, advice: /This is a label file/ },
  {
    given: 'rows',
    shape: [3, 4],
    actual: 'uint8 of rank 2 (3×4)',
    offset: 3,
    advice: /data convert x x-uint8.npy --shape 2x2 to say what shape/,
  },
  {
    given: 'videos',
    shape: [1, 2, 3, 4, 5],
    actual: 'uint8 of rank 5 (1×2×3×4×5)',
    offset: 3,
    advice: /3 or 4 dimensions/,
  },
  {
    given: 'floats',
    shape: [3, 4, 4],
    dtype: 'float32' as const,
    actual: 'float32 of rank 3 (3×4×4)',
    offset: 2,
    advice: /^Use millrace data convert x x-uint8.npy to make bytes of it, once\.$/,
  },
])('refuses $given as images', ({ shape, dtype, actual, offset, advice }) => {
  expect(() => imageShapeOf(file('x', shape, dtype))).toThrow(
    expect.objectContaining({
      code: 'IDX_UNSUITABLE',
      path: 'x',
      offset,
      expected: 'images: uint8 of rank 3 or 4',
      actual,
      advice: expect.stringMatching(advice),
    }),
  );
});

test('says so where channels come first, and takes small images as they are', () => {
  expect(() => imageShapeOf(file('x', [9, 3, 28, 28]))).toThrow(
    /found uint8 of rank 4 \(9×3×28×28\), which looks like 3 channels first, then 28×28 pixels\. Say so with --layout chw/,
  );
  expect(imageShapeOf(file('x', [9, 1, 2, 3]))).toEqual([1, 2, 3]);
});

test('refuses images as labels', () => {
  checkLabels(file('labels', [10]));
  expect(() => checkLabels(file('images', [10, 28, 28]))).toThrow(
    expect.objectContaining({ code: 'IDX_UNSUITABLE', path: 'images', actual: 'uint8 of rank 3 (10×28×28)' }),
  );
});

test('compares the number of labels with that of the images', () => {
  const images = file('images', [10, 28, 28]);
  checkCounts(images, file('labels', [10]));
  expect(() => checkCounts(images, file('labels', [9]))).toThrow(
    expect.objectContaining({
      code: 'IDX_COUNT_MISMATCH',
      path: 'labels',
      offset: 4,
      expected: '10 labels, one for each image of images',
      actual: '9',
    }),
  );
});
