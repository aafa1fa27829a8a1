import { expect, test } from 'vitest';
import { bmpSize, decodeBmp } from '../../../src/data/encodedImages/bmp.js';
import { bmp, FILES, PICTURE } from '../../fixtures/imageFiles.js';

/** A bitmap of one row, with a header of 40 bytes. */
function row(
  width: number,
  bits: number,
  palette: readonly number[],
  pixels: readonly number[],
  masks: readonly number[] = [],
) {
  const file = Buffer.alloc(54);
  file.write('BM');
  file.writeUInt32LE(54 + palette.length + 4 * masks.length, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(1, 22);
  file.writeUInt16LE(bits, 28);
  file.writeUInt32LE(masks.length > 0 ? 3 : 0, 30);
  const maskBytes = Buffer.alloc(4 * masks.length);
  for (const [at, mask] of masks.entries()) maskBytes.writeUInt32LE(mask, 4 * at);
  return Buffer.concat([file, maskBytes, Buffer.from(palette), Buffer.from(pixels)]);
}

test('24 bits, padded rows, the lowest first', () => {
  expect(decodeBmp(FILES.BMP)).toEqual({ width: 4, height: 3, channels: 3, data: PICTURE });
  expect(decodeBmp(bmp(1, 2, Uint8Array.of(1, 2, 3, 4, 5, 6))).data).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6));
});

test('a negative height begins at the top', () => {
  const file = Buffer.from(bmp(1, 2, Uint8Array.of(1, 2, 3, 4, 5, 6)));
  file.writeInt32LE(-2, 22);
  expect(bmpSize(file)).toMatchObject({ width: 1, height: 2 });
  expect(decodeBmp(file).data).toEqual(Uint8Array.of(4, 5, 6, 1, 2, 3));
});

const palette = [0, 0, 0, 0, 3, 2, 1, 0];

test.each<[string, Uint8Array, readonly number[]]>([
  ['1 bit', row(3, 1, palette, [0b0110_0000, 0, 0, 0]), [0, 0, 0, 1, 2, 3, 1, 2, 3]],
  ['4 bits, an odd number', row(3, 4, palette, [0x01, 0x10, 0, 0]), [0, 0, 0, 1, 2, 3, 1, 2, 3]],
  ['8 bits, beyond the palette too', row(2, 8, palette, [1, 9, 0, 0]), [1, 2, 3, 0, 0, 0]],
  ['16 bits', row(1, 16, [], [0xff, 0x7f, 0, 0]), [255, 255, 255]],
  ['16 bits with masks', row(1, 16, [], [0xe0, 0x07, 0, 0], [0xf800, 0x07e0, 0x001f]), [0, 255, 0]],
  ['32 bits', row(1, 32, [], [3, 2, 1, 0]), [1, 2, 3]],
])('%s', (_, file, pixels) => {
  expect([...decodeBmp(file).data]).toEqual(pixels);
});

test('what is compressed, torn or empty is refused', () => {
  const compressed = Buffer.from(FILES.BMP);
  compressed.writeUInt32LE(1, 30);
  expect(() => decodeBmp(compressed)).toThrow('a compressed BMP');
  for (let end = 0; end < FILES.BMP.length; end += 1) expect(() => decodeBmp(FILES.BMP.subarray(0, end))).toThrow();
  expect(() => decodeBmp(row(0, 24, [], []))).toThrow('without pixels');
});
