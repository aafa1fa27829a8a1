import { expect, test } from 'vitest';
import { OptionError } from '../../../src/errors.js';
import { image } from '../../../src/events/measurements/image.js';

test('is the body of an event: bytes as they are, floats as bytes, clipped', () => {
  expect(image('a', Uint8Array.of(0, 128, 255), [1, 1, 3])).toEqual({
    ...{ type: 'image', name: 'a', shape: [1, 1, 3], pixels: 'AID/' },
  });
  const floats = Float32Array.of(-1, 0.501, 2, Number.NaN);
  expect(image('a', floats, [2, 2, 1]).pixels).toBe(Buffer.from([0, 128, 255, 0]).toString('base64'));
});

test.each<[unknown, unknown, unknown]>([
  ['', Uint8Array.of(1), [1, 1, 1]],
  ['a', [1], [1, 1, 1]],
  ['a', Uint8Array.of(1, 2), [1, 1, 1]],
  ['a', Uint8Array.of(1, 2), [1, 1, 2]],
  ['a', Uint8Array.of(1), [1, 1]],
  ['a', Uint8Array.of(1), [0, 1, 1]],
  ['a', Uint8Array.of(1), 'shape'],
  ['a', new Uint8Array(1025 * 1024), [1025, 1024, 1]],
])('refuses %j, %j, %j', (name, pixels, shape) => {
  expect(() => image(name as string, pixels as Uint8Array, shape as [number, number, 1])).toThrow(OptionError);
});
