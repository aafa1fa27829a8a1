/** One image, decoded: grey where its file is, otherwise in colours; upright, without alpha. */
export interface RawImage {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** 0..255, `[height, width, channels]`. */
  readonly pixels: Uint8Array;
}

/** The same image in another number of channels: grey is the luma of BT.601, as in Pillow and torchvision. */
export function withChannels(image: RawImage, channels: 1 | 3): RawImage {
  if (image.channels === channels) return image;
  return { ...image, channels, pixels: channels === 1 ? grey(image.pixels) : coloured(image.pixels) };
}

/** Three equal channels. */
export function coloured(pixels: Uint8Array): Uint8Array {
  const result = new Uint8Array(3 * pixels.length);
  for (let at = 0; at < pixels.length; at += 1) result.fill(pixels[at]!, 3 * at, 3 * at + 3);
  return result;
}

function grey(pixels: Uint8Array): Uint8Array {
  const result = new Uint8Array(pixels.length / 3);
  for (let at = 0, from = 0; at < result.length; at += 1, from += 3)
    // Pillow's weights in 65536ths, rounded.
    result[at] = (19_595 * pixels[from]! + 38_470 * pixels[from + 1]! + 7471 * pixels[from + 2]! + 32_768) >> 16;
  return result;
}

/** Samples as a decoder gives them: 1 to 4 channels, an even number has alpha last; 8 or 16 bits. */
export interface Samples {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
}

/** Alpha put on black, 16 bits cut to the upper eight. */
export function opaque({ height, width, channels, data }: Samples): RawImage {
  const shift = data instanceof Uint16Array ? 8 : 0;
  const hasAlpha = channels % 2 === 0;
  const kept = channels < 3 ? 1 : 3;
  const pixels = new Uint8Array(height * width * kept);
  const brightest = shift === 8 ? 0xffff : 0xff;
  for (let pixel = 0; pixel < height * width; pixel += 1) {
    const from = pixel * channels;
    const alpha = hasAlpha ? data[from + kept]! / brightest : 1;
    for (let channel = 0; channel < kept; channel += 1)
      pixels[pixel * kept + channel] =
        alpha === 1 ? data[from + channel]! >> shift : (data[from + channel]! * alpha) >> shift;
  }
  return { height, width, channels: kept, pixels };
}
