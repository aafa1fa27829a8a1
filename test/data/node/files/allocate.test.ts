import { expect, test } from 'vitest';
import { allocate } from '../../../../src/data/node/files/allocate.js';

test('refuses what no memory holds with advice', () => {
  expect(allocate(3, 'x')).toEqual(new Uint8Array(3));
  expect(() => allocate(2 ** 53 - 1, 'x')).toThrow(
    expect.objectContaining({ code: 'DATA_TOO_LARGE', path: 'x', advice: expect.stringMatching(/Decompress/) }),
  );
});
