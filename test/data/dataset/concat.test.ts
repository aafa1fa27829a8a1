import { expect, test } from 'vitest';
import { concat } from '../../../src/data/dataset/concat.js';
import { memoryDataset } from '../../../src/data/dataset/memoryDataset.js';
import { OptionError } from '../../../src/errors.js';
import { slowly } from './derived.js';
import { numbered, numberedPixels } from './numbered.js';

test('what is made of several says so', () => {
  const joined = concat(numbered(2), memoryDataset({ shape: [2, 1, 1], pixels: numberedPixels(1) }), slowly(1));
  expect(joined).toMatchObject({
    name: 'numbered + images + slow',
    source: 'memory + memory + program',
    sample: false,
  });
  expect(joined.labels).toBeUndefined();
});

test('images of several shapes are refused', () => {
  const other = memoryDataset({ name: 'wide', shape: [1, 2, 1], pixels: numberedPixels(1) });
  expect(() => concat(numbered(1), other)).toThrow(
    expect.objectContaining({
      code: 'DATA_SHAPE',
      message: expect.stringMatching(/^wide behind numbered: expected images of 2×1×1, found 1×2×1\./),
    }),
  );
  expect(() => concat()).toThrow(OptionError);
});
