// PNG by fast-png, which trusts a file: what it promises is checked here, and what is not needed never reaches it.
import { inflateSync } from 'node:zlib';
import type { DecodedPng } from 'fast-png';
import { requirePixels } from '../imageDecoder.js';
import { opaque, type RawImage, type Samples } from '../rawImage.js';

const SIGNATURE_BYTES = 8;
/** Length, name and checksum. */
const CHUNK_FRAME_BYTES = 12;
/** Profiles and texts may be bombs. */
const NEEDED: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
/** Samples of a pixel by colour type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** First pixel and step of the seven passes of an interlaced image, across and down. */
const ADAM7 = [
  [0, 8, 0, 8],
  [4, 8, 0, 8],
  [0, 4, 4, 8],
  [2, 4, 0, 4],
  [0, 2, 2, 4],
  [1, 2, 0, 2],
  [0, 1, 1, 2],
] as const;

/** @throws Error for a damaged file, or one that promises more than it has. @see https://www.w3.org/TR/png-3/ */
export async function decodePng(bytes: Uint8Array): Promise<RawImage> {
  const chunks = chunksOf(bytes).filter(({ name }) => NEEDED.has(name));
  requireSize(chunks);
  const { decode, convertIndexedToRgb } = await import('fast-png');
  const png = decode(Buffer.concat([bytes.subarray(0, SIGNATURE_BYTES), ...chunks.map(({ whole }) => whole)]), {
    checkCrc: true,
  });
  const { width, height, palette } = png;
  if (palette !== undefined) {
    const channels = palette[0]?.length ?? 3;
    return opaque({ width, height, channels, data: convertIndexedToRgb(png) });
  }
  return opaque(withoutKey(png.depth < 8 ? unpacked(png) : png, png));
}

interface Chunk {
  readonly name: string;
  readonly content: Buffer;
  readonly whole: Buffer;
}

function chunksOf(bytes: Uint8Array): Chunk[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE_BYTES; ; ) {
    if (at + CHUNK_FRAME_BYTES > file.length) throw new Error('it ends too early');
    const length = file.readUInt32BE(at);
    const end = at + CHUNK_FRAME_BYTES + length;
    if (end > file.length) throw new Error('it ends too early');
    const name = file.toString('latin1', at + 4, at + 8);
    chunks.push({ name, content: file.subarray(at + 8, end - 4), whole: file.subarray(at, end) });
    if (name === 'IEND') return chunks;
    at = end;
  }
}

/** Compares the pixels that are promised with those that are there, which decompress to no more. */
function requireSize(chunks: readonly Chunk[]): void {
  const [header] = chunks;
  if (header?.name !== 'IHDR' || header.content.length !== 13) throw new Error('a PNG without a header');
  const [width, height] = [header.content.readUInt32BE(0), header.content.readUInt32BE(4)];
  const [depth = 0, colourType = 0, , , interlace] = header.content.subarray(8);
  requirePixels(width, height);
  const bits = depth * (SAMPLES[colourType] ?? 0);
  const pass = (columns: number, rows: number): number =>
    columns === 0 || rows === 0 ? 0 : rows * (1 + Math.ceil((columns * bits) / 8));
  const promised =
    interlace === 1
      ? ADAM7.reduce(
          (sum, [x, across, y, down]) => sum + pass(Math.ceil((width - x) / across), Math.ceil((height - y) / down)),
          0,
        )
      : pass(width, height);
  const data = Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ content }) => content));
  const { length } = inflateSync(data, { maxOutputLength: promised + 1 });
  if (length !== promised) throw new Error('it has other pixels than it promises');
}

/** Grey of 1, 2 or 4 bits, stretched to 0..255; every row begins with a byte. */
function unpacked({ width, height, depth, data }: DecodedPng): Samples {
  const rowBytes = Math.ceil((width * depth) / 8);
  const brightest = (1 << depth) - 1;
  const grey = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const bit = column * depth;
      const value = (data[row * rowBytes + (bit >> 3)]! >> (8 - depth - (bit & 7))) & brightest;
      grey[row * width + column] = (255 * value) / brightest;
    }
  return { width, height, channels: 1, data: grey };
}

/** One colour may stand for what is transparent: black. */
function withoutKey(samples: Samples, { transparency, depth }: DecodedPng): Samples {
  if (transparency === undefined) return samples;
  const { channels } = samples;
  const data = samples.data.slice();
  const key = Array.from(transparency, (value) => (depth < 8 ? Math.floor((255 * value) / ((1 << depth) - 1)) : value));
  for (let at = 0; at < data.length; at += channels)
    if (key.every((value, channel) => data[at + channel] === value)) data.fill(0, at, at + channels);
  return { ...samples, data };
}
