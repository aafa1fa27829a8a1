import fc from 'fast-check';
import jpeg from 'jpeg-js';
import type { Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { decodeBaselineJpeg } from '../../../../src/data/encodedImages/jpeg/decodeBaselineJpeg.js';
import { GREY_JPEG, jpegHeld } from '../../../fixtures/imageFiles.js';
import { cases } from '../../../fixtures/laws.js';

/** 11×5 pixels of noise, 4:2:2, written by Pillow. */
const HALF_WIDTH =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAFAAsDASEAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAwT/xAAgEAACAQQBBQAAAAAAAAAAAAABAgMABBMhERIyYZGh/8QAFQEBAQAAAAAAAAAAAAAAAAAAAgP/xAAeEQABBAIDAQAAAAAAAAAAAAABAgMRIQBRFDGR0f/aAAwDAQACEQMRAD8AAT5ljyAtGsQcRkKF7WY6C8ckoNnXirZrmLK3XbRyMdlnAY+yCftW4wU6GxHU2CdDY9xsocWoQsgxNT99uzef/9k=';

// It is optional.
const sharp = await import('sharp').then(
  (module) => module.default,
  () => undefined,
);
const testBesideSharp = test.skipIf(sharp === undefined);

const side = fc.integer({ min: 1, max: 40 });

function encoder(pixels: Uint8Array, width: number, height: number): Sharp {
  const channels = pixels.length === width * height ? 1 : 3;
  return sharp!(pixels, { raw: { width, height, channels } });
}

testBesideSharp('gives the pixels of libjpeg-turbo, whatever the size, quality and sampling', async () => {
  const picture = fc
    .tuple(side, side, fc.constantFrom<1 | 3>(1, 3, 3))
    .chain(([width, height, channels]) =>
      fc.tuple(
        fc.constant([width, height] as const),
        fc.uint8Array({ minLength: width * height * channels, maxLength: width * height * channels }),
      ),
    );
  const options = fc.record({
    quality: fc.integer({ min: 1, max: 100 }),
    chromaSubsampling: fc.constantFrom('4:2:0', '4:4:4'),
    optimiseCoding: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(picture, options, async ([[width, height], pixels], how) => {
      const file = await encoder(pixels, width, height).jpeg(how).toBuffer();
      const expected = await sharp!(file).raw().toBuffer();
      expect(decodeBaselineJpeg(file)).toMatchObject({ width, height, pixels: new Uint8Array(expected) });
    }),
    { numRuns: cases(300) },
  );
});

testBesideSharp('gives the pixels of libjpeg-turbo where colours have half the width alone', async () => {
  const file = Buffer.from(HALF_WIDTH, 'base64');
  expect(file.includes(Buffer.from([1, 0x21, 0]))).toBe(true);
  expect(decodeBaselineJpeg(file)?.pixels).toEqual(new Uint8Array(await sharp!(file).raw().toBuffer()));
});

testBesideSharp('leaves to others what is progressive, turned or has a profile', async () => {
  const pixels = new Uint8Array(300).fill(90);
  expect(decodeBaselineJpeg(GREY_JPEG)).toBeUndefined();
  expect(decodeBaselineJpeg(jpegHeld(6))).toBeUndefined();
  expect(decodeBaselineJpeg(await encoder(pixels, 10, 10).jpeg({ progressive: true }).toBuffer())).toBeUndefined();
  expect(decodeBaselineJpeg(await encoder(pixels, 10, 10).withIccProfile('p3').jpeg().toBuffer())).toBeUndefined();
});

test('leaves to others what is torn, or has bytes behind its last pixel; nothing is thrown for any bytes', () => {
  const data = Uint8Array.from({ length: 4 * 20 * 20 }, (_, at) => (at * at) % 251);
  const file = jpeg.encode({ width: 20, height: 20, data }, 80).data;
  expect(decodeBaselineJpeg(file)?.pixels).toHaveLength(3 * 20 * 20);
  for (let end = 0; end < file.length; end += 1) expect(decodeBaselineJpeg(file.subarray(0, end))).toBeUndefined();
  const longer = Buffer.concat([file.subarray(0, -2), Buffer.alloc(9), file.subarray(-2)]);
  expect(decodeBaselineJpeg(longer)).toBeUndefined();
  fc.assert(
    fc.property(fc.nat(file.length - 1), fc.nat(255), (at, byte) => {
      const damaged = Uint8Array.from(file);
      damaged[at] = byte;
      const image = decodeBaselineJpeg(damaged);
      if (image !== undefined) expect(image.pixels).toHaveLength(image.width * image.height * image.channels);
    }),
    { numRuns: cases(2000) },
  );
});

test('takes no memory for pixels that a file has no bits for', () => {
  const file = Buffer.from(jpeg.encode({ width: 8, height: 8, data: new Uint8Array(256) }, 80).data);
  const frame = file.indexOf(Buffer.from([0xff, 0xc0]));
  file.writeUInt16BE(8000, frame + 5);
  file.writeUInt16BE(8000, frame + 7);
  expect(decodeBaselineJpeg(file)).toBeUndefined();
});
