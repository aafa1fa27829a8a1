// Both decoders make the same of a file, as far as the plain one knows its type.
import { deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import type { ImageDecoder } from '../../../../src/data/encodedImages/imageDecoder.js';
import { type ImageType, imageTypeOf } from '../../../../src/data/encodedImages/imageType.js';
import { openDecoder } from '../../../../src/data/encodedImages/node/openDecoder.js';
import { plainDecoder } from '../../../../src/data/encodedImages/node/plainDecoder.js';
import { colourPng, FILES, GREY_JPEG, jpegHeld, PICTURE } from '../../../fixtures/imageFiles.js';

const native = await openDecoder();
const hasSharp = native !== plainDecoder;
const decoders: [string, ImageDecoder][] = [
  ['plain', plainDecoder],
  ...(hasSharp ? [['sharp', native] as [string, ImageDecoder]] : []),
];

function decode(decoder: ImageDecoder, bytes: Uint8Array) {
  return decoder.decode(bytes, imageTypeOf(bytes)!, { fit: 'cover' });
}

/** A chunk of a PNG with a checksum that is right. */
function chunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crcOf(body));
  return Buffer.concat([length, body, sum]);
}

/** As PNG has it: Node's own came with 20.15. */
function crcOf(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xed_b8_83_20 & -(crc & 1));
  }
  return ~crc >>> 0;
}

function png(
  width: number,
  height: number,
  depth: number,
  colourType: number,
  rows: Uint8Array,
  ...others: Buffer[]
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([depth, colourType], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    ...others,
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test.each(decoders)('%s decodes every file of the picture to the same pixels', async (_, decoder) => {
  const files = Object.values(FILES).filter((bytes) => decoder.types.has(imageTypeOf(bytes)!));
  expect(files.length).toBeGreaterThanOrEqual(4);
  for (const bytes of files)
    expect(await decode(decoder, bytes)).toMatchObject({ height: 3, width: 4, channels: 3, pixels: PICTURE });
});

test.each(decoders)('%s leaves grey images grey: JPEG, PNG of 1 to 16 bits', async (_, decoder) => {
  const jpeg = await decode(decoder, GREY_JPEG);
  expect(jpeg).toMatchObject({ height: 3, width: 4, channels: 1 });
  const expected = [0, 64, 128, 255, 10, 20, 30, 40, 250, 200, 150, 100];
  for (const [at, value] of jpeg.pixels.entries()) expect(Math.abs(value - expected[at]!)).toBeLessThanOrEqual(2);
  expect(await decode(decoder, png(3, 2, 1, 0, Uint8Array.of(0, 0b0100_0000, 0, 0b1010_0000)))).toMatchObject({
    channels: 1,
    pixels: Uint8Array.of(0, 255, 0, 255, 0, 255),
  });
  expect((await decode(decoder, png(3, 1, 2, 0, Uint8Array.of(0, 0b0001_1000)))).pixels).toEqual(
    Uint8Array.of(0, 85, 170),
  );
  const deep = encode({ width: 2, height: 1, channels: 1, depth: 16, data: Uint16Array.of(0x80ff, 0x7f00) });
  expect((await decode(decoder, deep)).pixels).toEqual(Uint8Array.of(0x80, 0x7f));
});

test.each(decoders)('%s puts alpha on black, also that of one colour', async (_, decoder) => {
  const rgba = encode({ width: 2, height: 1, channels: 4, data: Uint8Array.of(200, 100, 50, 128, 10, 20, 30, 255) });
  expect((await decode(decoder, rgba)).pixels).toEqual(Uint8Array.of(100, 50, 25, 10, 20, 30));
  const key = chunk('tRNS', Uint8Array.of(0, 1, 0, 2, 0, 3));
  const keyed = png(4, 1, 8, 2, Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 1, 2, 4, 1, 2, 3), key);
  expect((await decode(decoder, keyed)).pixels).toEqual(Uint8Array.of(0, 0, 0, 4, 5, 6, 1, 2, 4, 0, 0, 0));
});

test.each(decoders)('%s turns photos upright', async (_, decoder) => {
  const { height, width, channels, pixels } = await decode(decoder, jpegHeld(6));
  expect([height, width, channels]).toEqual([16, 8, 3]);
  expect(pixels[0]).toBeLessThan(10);
  expect(pixels.at(-1)).toBeGreaterThan(245);
  expect((await decode(decoder, jpegHeld(1))).height).toBe(8);
});

test.each(decoders)('%s resizes', async (_, decoder) => {
  const red = colourPng(6, 12, [255, 0, 0]);
  const sized = (fit: 'cover' | 'contain' | 'fill') => decoder.decode(red, 'PNG', { resize: [3, 3], fit });
  expect((await sized('cover')).pixels).toEqual(Uint8Array.from({ length: 27 }, (_, at) => (at % 3 === 0 ? 255 : 0)));
  expect((await sized('fill')).pixels).toEqual((await sized('cover')).pixels);
  const contained = await decoder.decode(red, 'PNG', { resize: [4, 4], fit: 'contain' });
  expect([...contained.pixels.subarray(0, 12)]).toEqual(Array(12).fill(0));
  expect(contained.pixels[4 * 3]).toBe(255);
});

test.each(decoders)('%s refuses torn files and promises that are too large', async (_, decoder) => {
  const big = png(65_535, 65_535, 8, 2, new Uint8Array(10));
  await expect(decode(decoder, big)).rejects.toThrow('65535×65535 pixels, more than 128 million');
  for (const file of [FILES.PNG, FILES.BMP, GREY_JPEG])
    await expect(decode(decoder, file.subarray(0, file.length - 30))).rejects.toThrow();
});

test('the plain decoder unpacks no more of a PNG than its header promises, and no profile at all', async () => {
  const zeros = new Uint8Array(50_000_000);
  await expect(decode(plainDecoder, png(1, 1, 8, 0, zeros))).rejects.toThrow();
  await expect(decode(plainDecoder, png(100, 100, 8, 0, new Uint8Array(50)))).rejects.toThrow(
    'other pixels than it promises',
  );
  const profile = chunk('iCCP', Buffer.concat([Buffer.from('bomb\0\0'), deflateSync(zeros)]));
  expect((await decode(plainDecoder, png(1, 1, 8, 0, Uint8Array.of(0, 9), profile))).pixels).toEqual(Uint8Array.of(9));
});

test('without sharp the plain decoder serves', async () => {
  const missing = async () => {
    throw new Error("Cannot find package 'sharp'");
  };
  expect(await openDecoder(missing)).toBe(plainDecoder);
  await expect(plainDecoder.decode(FILES.GIF, 'GIF' as ImageType, { fit: 'cover' })).rejects.toThrow('GIF');
});
