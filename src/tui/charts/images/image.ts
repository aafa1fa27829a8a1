// An image as numbers, averaged down to the pixels that there is room for, or repeated up to them.

/** An image of one channel (grey) or three. */
export interface Image {
  readonly values: Float64Array;
  readonly columns: number;
  readonly lines: number;
  readonly channels: 1 | 3;
}

/** Averages `[height, width, channels]` numbers over areas; what is missing in `pixels` is 0. */
export function scale(
  pixels: ArrayLike<number>,
  [height, width, stride]: readonly [number, number, number],
  columns: number,
  lines: number,
): Image {
  const channels = stride >= 3 ? 3 : 1;
  const values = new Float64Array(columns * lines * channels);
  const across = Array.from({ length: columns }, (_, column) => coverage(column, columns, width));
  for (let line = 0; line < lines; line++) {
    const vertical = coverage(line, lines, height);
    for (const [column, horizontal] of across.entries()) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (const { place: y, share: high } of vertical)
          for (const { place: x, share: wide } of horizontal)
            sum += high * wide * (pixels[(y * width + x) * stride + channel] ?? 0);
        values[(line * columns + column) * channels + channel] = sum;
      }
    }
  }
  return { values, columns, lines, channels };
}

interface Covering {
  readonly place: number;
  readonly share: number;
}

/** Which of `from` places lie under place `index` of `to`, and how much of it each one covers. */
function coverage(index: number, to: number, from: number): Covering[] {
  const start = (index * from) / to;
  const end = ((index + 1) * from) / to;
  const places: Covering[] = [];
  for (let place = Math.floor(start); place < Math.min(from, Math.ceil(end)); place++)
    places.push({ place, share: (Math.min(end, place + 1) - Math.max(start, place)) / (end - start) });
  return places;
}

/** Brightness 0..255 of one pixel, with the weights of Rec. 709. */
export function luminance(image: Image, column: number, line: number): number {
  if (image.channels === 1) return valueAt(image, column, line, 0);
  const [red, green, blue] = [0, 1, 2].map((channel) => valueAt(image, column, line, channel));
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

export function valueAt({ values, columns, channels }: Image, column: number, line: number, channel: number): number {
  return values[(line * columns + column) * channels + channel] ?? 0;
}
