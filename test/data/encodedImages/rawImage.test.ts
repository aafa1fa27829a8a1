import { expect, test } from 'vitest';
import { opaque, withChannels } from '../../../src/data/encodedImages/rawImage.js';

test('grey is the luma of BT.601, as in Pillow', () => {
  const pixels = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30, 255, 255, 255);
  const grey = withChannels({ height: 1, width: 5, channels: 3, pixels }, 1);
  // PIL.Image.fromarray(pixels).convert('L')
  expect([...grey.pixels]).toEqual([76, 150, 29, 18, 255]);
  expect(grey.channels).toBe(1);
});

test('colours of a grey image are three equal ones, and back', () => {
  const grey = { height: 1, width: 2, channels: 1 as const, pixels: Uint8Array.of(7, 200) };
  const colours = withChannels(grey, 3);
  expect([...colours.pixels]).toEqual([7, 7, 7, 200, 200, 200]);
  expect(withChannels(colours, 1)).toEqual(grey);
  expect(withChannels(grey, 1)).toBe(grey);
});

test('alpha is put on black, and 16 bits are cut to eight', () => {
  const size = { height: 1, width: 2 };
  expect([...opaque({ ...size, channels: 2, data: Uint8Array.of(200, 128, 100, 255) }).pixels]).toEqual([100, 100]);
  const deep = Uint16Array.of(0x80ff, 0x7f00, 0xffff, 0, 1, 0x0102);
  expect([...opaque({ ...size, channels: 3, data: deep }).pixels]).toEqual([0x80, 0x7f, 0xff, 0, 0, 1]);
  const half = Uint16Array.of(0xffff, 0, 0x8000, 0xffff);
  expect([...opaque({ ...size, channels: 2, data: half }).pixels]).toEqual([0, 0x80]);
});
