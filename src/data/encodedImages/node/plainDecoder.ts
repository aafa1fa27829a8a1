import { yieldToEventLoop } from '../../../yieldToEventLoop.js';
import { bmpSize, decodeBmp } from '../bmp.js';
import { type ImageDecoder, requirePixels } from '../imageDecoder.js';
import { opaque, type RawImage } from '../rawImage.js';
import { resizeImage } from '../resizeImage.js';
import { decodeJpeg } from './decodeJpeg.js';
import { decodePng } from './decodePng.js';

const DECODERS: Readonly<Record<string, (bytes: Uint8Array) => RawImage | Promise<RawImage>>> = {
  PNG: decodePng,
  JPEG: decodeJpeg,
  BMP(bytes) {
    const { width, height } = bmpSize(bytes);
    requirePixels(width, height);
    return opaque(decodeBmp(bytes));
  },
};

/** Without native code, on the thread that calls it, which other work shares between two images. */
export const plainDecoder: ImageDecoder = {
  types: new Set(['PNG', 'JPEG', 'BMP']),
  concurrency: 1,
  async decode(bytes, type, options) {
    await yieldToEventLoop();
    const decode = DECODERS[type];
    if (decode === undefined) throw new Error(`${type} is not decoded without sharp`);
    return resizeImage(await decode(bytes), options);
  },
};
