import { DataError } from '../../errors.js';

/** One image as bytes 0..255, `[height, width, channels]`: grey, or red, green and blue. */
export interface DecodedImage {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

/** What a PNG may promise, before anything is decompressed. */
const MOST_PIXELS = 2 ** 24;
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * Decodes a PNG: alpha on black, 16 bits cut to the upper eight.
 * @param path names it in errors
 * @throws DataError `IMAGE_DAMAGED`, `IMAGE_TYPE` for other types
 */
export async function decodeImage(bytes: Uint8Array, path: string): Promise<DecodedImage> {
  if (!PNG.every((byte, at) => bytes[at] === byte)) throw otherType(path);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || view.getUint32(16) * view.getUint32(20) > MOST_PIXELS)
    throw damaged(path, bytes.length < 33 ? 'no header' : `more than ${MOST_PIXELS} pixels`);
  // Every command would pay for it at its start.
  const { decode, convertIndexedToRgb } = await import('fast-png');
  try {
    const image = decode(bytes, { checkCrc: true });
    const { width, height, depth, palette } = image;
    if (palette !== undefined) {
      const channels = palette[0]?.length ?? 3;
      return opaque(width, height, channels, 8, convertIndexedToRgb(image));
    }
    return opaque(width, height, image.channels, depth, image.data);
  } catch (error) {
    throw damaged(path, (error as Error).message, error);
  }
}

function opaque(
  width: number,
  height: number,
  channels: number,
  depth: number,
  samples: ArrayLike<number>,
): DecodedImage {
  const kept = channels < 3 ? 1 : 3;
  const hasAlpha = channels % 2 === 0;
  const brightest = 2 ** depth - 1;
  const pixels = new Uint8Array(width * height * kept);
  if (samples.length !== width * height * channels) throw new Error('samples that are packed');
  for (let place = 0; place < width * height; place++) {
    const alpha = hasAlpha ? samples[place * channels + kept]! / brightest : 1;
    for (let channel = 0; channel < kept; channel++)
      pixels[place * kept + channel] = Math.floor((samples[place * channels + channel]! * alpha * 255.999) / brightest);
  }
  return { height, width, channels: kept, pixels };
}

function otherType(path: string): DataError {
  return new DataError({
    code: 'IMAGE_TYPE',
    path,
    expected: 'a PNG image',
    actual: 'an image of another type',
    advice: 'Convert the images to PNG first.',
  });
}

function damaged(path: string, actual: string, cause?: unknown): DataError {
  return new DataError({
    code: 'IMAGE_DAMAGED',
    path,
    expected: 'a whole PNG image',
    actual,
    advice: 'The file is damaged: fetch it again.',
    cause,
  });
}
