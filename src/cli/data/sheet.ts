import { type ImageShape, imageSize } from '../../data/batch.js';

export interface Sheet {
  readonly pixels: Uint8Array;
  readonly shape: ImageShape;
}

/** Images beside and below each other, about as many across as down, a black gap between them. */
export function sheetOf(images: Uint8Array, shape: ImageShape, gap: number): Sheet {
  const [height, width, channels] = shape;
  const size = imageSize(shape);
  const count = images.length / size;
  const across = Math.ceil(Math.sqrt(count));
  const down = Math.ceil(count / across);
  const sheetWidth = across * (width + gap) - gap;
  const sheetHeight = down * (height + gap) - gap;
  const pixels = new Uint8Array(sheetHeight * sheetWidth * channels);
  for (let image = 0; image < count; image++)
    for (let row = 0; row < height; row++) {
      const from = image * size + row * width * channels;
      const line = Math.floor(image / across) * (height + gap) + row;
      const to = (line * sheetWidth + (image % across) * (width + gap)) * channels;
      pixels.set(images.subarray(from, from + width * channels), to);
    }
  return { pixels, shape: [sheetHeight, sheetWidth, channels] };
}
