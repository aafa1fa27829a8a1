import { expect, test } from 'vitest';
import { isChannelsFirst, requireChannelsLast } from '../../src/data/channelsFirst.js';

test.each<[readonly [number, number, number], boolean]>([
  [[3, 28, 28], true],
  [[1, 28, 28], true],
  [[4, 28, 28], true],
  [[28, 28, 3], false],
  [[28, 28, 4], false],
  [[28, 28, 1], false],
  [[2, 1, 1], false],
  [[4, 4, 8], false],
])('%j has its channels first: %j', (shape, isFirst) => {
  expect(isChannelsFirst(shape)).toBe(isFirst);
});

test('says where they belong', () => {
  expect(() => requireChannelsLast('photos.idx', [3, 32, 48])).toThrow(
    'photos.idx: expected images of height × width × channels, found 3×32×48, where the channels come first. Put them last, 32×48×3: images.transpose(0, 2, 3, 1) in NumPy',
  );
});
