// sharp (libvips): native, on threads of its own.
import { availableParallelism } from 'node:os';
import { type ImageDecoder, MOST_PIXELS, requirePixels } from '../imageDecoder.js';
import { type ImageHeader, imageHeader } from '../imageHeader.js';
import type { DecodingOptions } from '../imageOptions.js';
import type { ImageType } from '../imageType.js';
import { decodeBaselineJpeg } from '../jpeg/decodeBaselineJpeg.js';
import type { RawImage } from '../rawImage.js';
import { plainDecoder } from './plainDecoder.js';

/** What is used of sharp: its types would be needed where it is not installed. */
export interface Sharp {
  (bytes: Uint8Array, options: { readonly failOn: 'error'; readonly limitInputPixels: number }): SharpImage;
  concurrency(threads: number): unknown;
  cache(isOn: boolean): unknown;
}

interface SharpImage {
  metadata(): Promise<{ readonly width: number; readonly height: number; readonly channels: number }>;
  autoOrient(): SharpImage;
  flatten(options: { readonly background: string }): SharpImage;
  resize(
    width: number,
    height: number,
    options: { readonly fit: string; readonly background: string; readonly kernel: string },
  ): SharpImage;
  toColourspace(name: string): SharpImage;
  raw(): SharpImage;
  toBuffer(options: { readonly resolveWithObject: true }): Promise<{
    readonly data: Uint8Array<ArrayBuffer>;
    readonly info: { readonly width: number; readonly height: number; readonly channels: number };
  }>;
}

/** Of a JPEG that costs less in JavaScript than a call of sharp, 0.4 ms of processor time: up to 128×128 it does, on one thread of two. */
const SMALL_PIXELS = 96 * 96;
/** Larger images wait for each other: several at once would take gigabytes. */
const LARGE_PIXELS = 2 ** 24;

/** @param sharp the function that its module exports */
export function sharpDecoder(sharp: Sharp): ImageDecoder {
  const concurrency = availableParallelism() + 1;
  // Many small images: a thread each serves them better than several for one; and none comes again.
  sharp.concurrency(1);
  sharp.cache(false);
  let large: Promise<unknown> = Promise.resolve();
  return {
    types: new Set(['PNG', 'JPEG', 'WebP', 'GIF', 'TIFF', 'BMP']),
    concurrency,
    async decode(bytes, type, options) {
      // libvips as sharp packs it has no BMP.
      if (type === 'BMP') return plainDecoder.decode(bytes, type, options);
      const header = imageHeader(bytes, type);
      const small = decodeSmall(bytes, type, header, options);
      if (small !== undefined) return small;
      const image = sharp(bytes, { failOn: 'error', limitInputPixels: MOST_PIXELS });
      const { width, height, isGrey } = header ?? (await headerBySharp(image));
      requirePixels(width, height);
      const read = (): Promise<RawImage> => decoded(image, isGrey, options);
      if (width * height <= LARGE_PIXELS) return read();
      const turn = large.then(read);
      large = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** The same pixels without sharp, where that is faster; `undefined` where it is not, or cannot be done. */
function decodeSmall(
  bytes: Uint8Array,
  type: ImageType,
  header: ImageHeader | undefined,
  { resize }: DecodingOptions,
): RawImage | undefined {
  if (type !== 'JPEG' || resize !== undefined || header === undefined) return undefined;
  return header.width * header.height <= SMALL_PIXELS ? decodeBaselineJpeg(bytes) : undefined;
}

async function headerBySharp(image: SharpImage): Promise<ImageHeader> {
  const { width, height, channels } = await image.metadata();
  return { width, height, isGrey: channels <= 2 };
}

async function decoded(image: SharpImage, isGrey: boolean, { resize, fit }: DecodingOptions): Promise<RawImage> {
  const upright = image.autoOrient().flatten({ background: '#000' });
  // Bilinear with antialiasing, as torchvision resizes.
  const sized = resize && upright.resize(resize[1], resize[0], { fit, background: '#000', kernel: 'linear' });
  const { data, info } = await (sized ?? upright).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 3) throw new Error(`${channels} channels`);
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return isGrey ? { width, height, channels: 1, pixels: everyThird(pixels) } : { width, height, channels, pixels };
}

function everyThird(pixels: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: pixels.length / 3 }, (_, at) => pixels[3 * at]!);
}
