import { expect, test } from 'vitest';
import type { ImageShape } from '../../../src/data/batch.js';
import { encodeIdx, encodeIdxHeader } from '../../../src/data/idx/encoder.js';
import { isRawFrames } from '../../../src/data/raw/isRawFrames.js';

const SHAPE: ImageShape = [4, 4, 1];
const idx = encodeIdx([3, 4, 4], new Uint8Array(48));

test.each<[string, Uint8Array, number | undefined]>([
  ['dark frames, which begin as IDX does', new Uint8Array(64), 64],
  ['less than a header', new Uint8Array(3), 3],
  ['what would be IDX of another shape, had it not another size', encodeIdxHeader('uint8', [9, 5, 5]), 160],
  ['what begins as gzip in gzip does', Uint8Array.of(0x1f, 0x8b, 1, 2, 3), undefined],
])('%s are raw frames', (_, start, size) => {
  expect(isRawFrames(start, SHAPE, size)).toBe(true);
});

test.each<[string, Uint8Array, number | undefined]>([
  ['nothing', new Uint8Array(0), 0],
  ['an IDX stream of that shape', idx.subarray(0, 20), undefined],
  ['an IDX file of any shape that is as long as it says', encodeIdx([3, 5, 5], new Uint8Array(75)), 91],
  ['a zip archive', Buffer.from('PK\x03\x04 and so on'), 640],
  ['an HTML page', Buffer.from('<!doctype html><title>404</title>'), undefined],
  ['a video', Buffer.from('\0\0\0\x20ftypisom'), undefined],
])('%s is not', (_, start, size) => {
  expect(isRawFrames(start, SHAPE, size)).toBe(false);
});
