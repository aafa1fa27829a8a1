import { expect, test } from 'vitest';
import { countItems } from '../../src/model/itemCount.js';

test('counts whole items, and says which kind of values does not divide', () => {
  expect(countItems(new Float32Array(12), [2, 2, 1])).toBe(3);
  expect(() => countItems(new Float32Array(13), [2, 2, 1])).toThrow(/^batch: .*images of its network's input shape/);
  expect(() => countItems(new Float32Array(13), [3], 'latents')).toThrow(/^latents: .*Give decode latents/);
});
