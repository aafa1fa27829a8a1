// Plain JPEGs, as most small ones are, in JavaScript: to ask a library costs ten times as much as to decode 32×32 pixels. The
// pixels are those of libjpeg-turbo, bit for bit, and so those that sharp gives; what is not plain, or not sound, is left to others.
import type { RawImage } from '../rawImage.js';
import { toColours } from './colours.js';
import { EntropyReader } from './entropyReader.js';
import { fillBlock, inverseDct } from './inverseDct.js';
import { type JpegComponent, type JpegSegments, jpegSegments } from './jpegSegments.js';
import { enlarged, type Plane, widened } from './upsample.js';

/** Places of coefficients in their block, in the order of the file. */
const ZIGZAG = Uint8Array.from(
  '0 1 8 16 9 2 3 10 17 24 32 25 18 11 4 5 12 19 26 33 40 48 41 34 27 20 13 6 7 14 21 28 35 42 49 56 57 50 43 36 29 22 15 23 30 37 44 51 58 59 52 45 38 31 39 46 53 60 61 54 47 55 62 63'
    .split(' ')
    .map(Number),
);
/** Magnitudes of baseline's coefficients take so many bits at most: the first of a block, and the others. */
const [MOST_FIRST_BITS, MOST_BITS] = [11, 10];

/** Every block takes two codes, of a bit each at least. */
const BLOCKS_A_BYTE = 4;

/** @returns `undefined` for what is not a whole baseline JPEG of usual colours, without EXIF and profile */
export function decodeBaselineJpeg(bytes: Uint8Array): RawImage | undefined {
  const segments = jpegSegments(bytes);
  const sampling = segments && samplingOf(segments);
  if (segments === undefined || sampling === undefined) return undefined;
  const planes = readScan(bytes, segments, sampling);
  if (planes === undefined) return undefined;
  const { width, height } = segments;
  const [luma, blue, red] = planes;
  if (blue === undefined || red === undefined) return { width, height, channels: 1, pixels: cropped(luma!) };
  const stretch = STRETCH[sampling];
  return toColours(width, height, [luma!, stretch(blue), stretch(red)]);
}

type Sampling = keyof typeof STRETCH;

/** What brings colours to the size of luma, by how often that is sampled. */
const STRETCH = { '1×1': (plane: Plane) => plane, '2×1': widened, '2×2': enlarged };

function samplingOf({ components }: JpegSegments): Sampling | undefined {
  const [luma, blue, red] = components;
  // How often a single component is sampled does not matter.
  if (blue === undefined || red === undefined) return '1×1';
  // Others than YCbCr are known by their names.
  if (components.some(({ id }, place) => id !== place + 1)) return undefined;
  if (blue.across !== 1 || blue.down !== 1 || red.across !== 1 || red.down !== 1) return undefined;
  const sampling = `${luma!.across}×${luma!.down}`;
  return sampling in STRETCH ? (sampling as Sampling) : undefined;
}

function readScan(
  bytes: Uint8Array,
  { width, height, components, scan }: JpegSegments,
  sampling: Sampling,
): Plane[] | undefined {
  const [across, down] = components.length === 1 ? [1, 1] : [Number(sampling[0]), Number(sampling[2])];
  const columns = Math.ceil(width / (8 * across));
  const rows = Math.ceil(height / (8 * down));
  const blocks = columns * rows * (components.length === 1 ? 1 : across * down + 2);
  if (blocks === 0 || blocks > BLOCKS_A_BYTE * bytes.length) return undefined;
  const readers = components.map((component, place) => {
    const [h, v] = place === 0 ? [across, down] : [1, 1];
    return new ComponentReader(component, { columns: h, rows: v }, columns, rows, [
      Math.ceil((width * h) / across),
      Math.ceil((height * v) / down),
    ]);
  });
  const bits = new EntropyReader(bytes, scan);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      for (const reader of readers) reader.readUnit(bits, column, row);
      if (bits.isDamaged) return undefined;
    }
  return bits.isAtEnd() ? readers.map(({ plane }) => plane) : undefined;
}

/** One component's blocks, which become its plane. */
class ComponentReader {
  readonly plane: Plane;
  readonly #component: JpegComponent;
  readonly #unit: { readonly columns: number; readonly rows: number };
  readonly #coefficients = new Int32Array(64);
  /** The first coefficient of the block before. */
  #first = 0;

  constructor(
    component: JpegComponent,
    unit: { readonly columns: number; readonly rows: number },
    columns: number,
    rows: number,
    [width, height]: readonly [width: number, height: number],
  ) {
    this.#component = component;
    this.#unit = unit;
    const stride = 8 * columns * unit.columns;
    this.plane = { samples: new Uint8Array(stride * 8 * rows * unit.rows), width, height, stride };
  }

  readUnit(bits: EntropyReader, column: number, row: number): void {
    const { samples, stride } = this.plane;
    const { columns, rows } = this.#unit;
    for (let y = 0; y < rows; y += 1)
      for (let x = 0; x < columns; x += 1) {
        const at = 8 * ((row * rows + y) * stride + column * columns + x);
        const isFlat = this.#readBlock(bits);
        if (isFlat) fillBlock(this.#coefficients[0]!, samples, at, stride);
        else {
          inverseDct(this.#coefficients, samples, at, stride);
          this.#coefficients.fill(0);
        }
      }
  }

  /** @returns whether all but the first coefficient are zero */
  #readBlock(bits: EntropyReader): boolean {
    const { quantization, first, others } = this.#component;
    const coefficients = this.#coefficients;
    const size = bits.symbol(first);
    if (size > MOST_FIRST_BITS) bits.isDamaged = true;
    if (size > 0) this.#first += bits.signed(size & 15);
    coefficients[0] = this.#first * quantization[0]!;
    let isFlat = true;
    for (let place = 1; place < 64; place += 1) {
      const symbol = bits.symbol(others);
      const zeros = symbol >> 4;
      const magnitude = symbol & 15;
      if (magnitude === 0) {
        if (zeros !== 15) break;
        place += 15;
        continue;
      }
      place += zeros;
      if (place > 63 || magnitude > MOST_BITS) {
        bits.isDamaged = true;
        break;
      }
      coefficients[ZIGZAG[place]!] = bits.signed(magnitude) * quantization[place]!;
      isFlat = false;
    }
    return isFlat;
  }
}

function cropped({ samples, width, height, stride }: Plane): Uint8Array {
  const pixels = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1)
    pixels.set(samples.subarray(row * stride, row * stride + width), row * width);
  return pixels;
}
