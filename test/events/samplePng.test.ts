import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { samplePng } from '../../src/events/samplePng.js';
import type { SampleEvent } from '../../src/events/schema.js';
import { encodeBase64 } from '../../src/text/base64.js';

const base64 = (...values: number[]) => encodeBase64(Uint8Array.from(values));
const sample = (more: Partial<SampleEvent>): SampleEvent => ({
  type: 'sample',
  run: '20261129-120000-abcd',
  seq: 1,
  time: '2026-11-29T12:00:00.000Z',
  elapsedMs: 0,
  epoch: 1,
  step: 0,
  split: 'test',
  shape: [1, 2, 1],
  items: [{ index: 0, loss: 0, input: base64(1, 2), reconstruction: base64(3, 4) }],
  ...more,
});
const GAP = 64;

test('puts each input over its reconstruction, and the items side by side', () => {
  const items = [1, 11].map((value, index) => ({
    index,
    loss: 0,
    input: base64(value, value + 1),
    reconstruction: base64(value + 2, value + 3),
  }));
  const { width, height, channels, data } = decode(samplePng(sample({ items })));
  expect({ width, height, channels }).toEqual({ width: 6, height: 4, channels: 1 });
  const row = (at: number) => [...data.subarray(6 * at, 6 * at + 6)];
  expect(row(0)).toEqual([1, 2, GAP, GAP, 11, 12]);
  expect(row(1)).toEqual([GAP, GAP, GAP, GAP, GAP, GAP]);
  expect(row(3)).toEqual([3, 4, GAP, GAP, 13, 14]);
});

test('puts the target between them where there is one', () => {
  const items = [{ index: 0, loss: 0, input: base64(1, 2), target: base64(5, 6), reconstruction: base64(3, 4) }];
  const { height, data } = decode(samplePng(sample({ items })));
  expect(height).toBe(7);
  expect([...data.subarray(2 * 3, 2 * 4)]).toEqual([5, 6]);
});

test('is in colour where the images are', () => {
  const items = [{ index: 0, loss: 0, input: base64(1, 2, 3), reconstruction: base64(4, 5, 6) }];
  const { channels, data } = decode(samplePng(sample({ shape: [1, 1, 3], items })));
  expect(channels).toBe(3);
  expect([...data.subarray(0, 3)]).toEqual([1, 2, 3]);
});

test.each<[string, Partial<SampleEvent>]>([
  ['no items', { items: [] }],
  ['two channels', { shape: [1, 1, 2] }],
  ['pictures of another shape', { shape: [4, 4, 1] }],
])('refuses a sample with %s', (_, more) => {
  expect(() => samplePng(sample(more))).toThrow(expect.objectContaining({ code: 'EVENT_SHAPE' }));
});
