import { type HuffmanTable, huffmanTable } from './huffmanTable.js';

/** What stands before the one scan of a plain JPEG. */
export interface JpegSegments {
  readonly height: number;
  readonly width: number;
  readonly components: readonly JpegComponent[];
  /** Where the bits of the scan begin. */
  readonly scan: number;
}

export interface JpegComponent {
  readonly id: number;
  /** Blocks across and down in each unit of the scan. */
  readonly across: number;
  readonly down: number;
  /** In the order of the file. */
  readonly quantization: Uint16Array;
  readonly first: HuffmanTable;
  readonly others: HuffmanTable;
}

interface Tables {
  readonly quantization: Map<number, Uint16Array>;
  /** By 16 × class + number, class 0 for the first coefficients of blocks. */
  readonly huffman: Map<number, HuffmanTable>;
}

interface Frame {
  readonly height: number;
  readonly width: number;
  readonly components: readonly { id: number; across: number; down: number; table: number }[];
}

const [SOF0, DHT, SOS, DQT, APP1, APP2, APP14, COMMENT] = [0xc0, 0xc4, 0xda, 0xdb, 0xe1, 0xe2, 0xee, 0xfe];

/** Segments that tell nothing of the pixels. APP1 may turn them, APP2 have a profile, APP14 other colours. */
const isPassedOver = (marker: number): boolean =>
  marker === COMMENT || (marker >= 0xe0 && marker <= 0xef && marker !== APP2 && marker !== APP14);

/**
 * Reads the segments of a baseline JPEG of one scan, without EXIF, profile and restarts.
 * @returns `undefined` for every other, and for what is not sound
 * @see ITU-T T.81, annex B
 */
export function jpegSegments(bytes: Uint8Array): JpegSegments | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables: Tables = { quantization: new Map(), huffman: new Map() };
  let frame: Frame | undefined;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return undefined;
    const content = bytes.subarray(at + 4, end);
    if (marker === SOS) return frame && withScan(frame, tables, content, end);
    if (marker === SOF0) {
      if (frame !== undefined) return undefined;
      frame = frameOf(content);
      if (frame === undefined) return undefined;
    } else if (marker === DQT) {
      if (!readQuantization(content, tables)) return undefined;
    } else if (marker === DHT) {
      if (!readHuffman(content, tables)) return undefined;
    } else if (!isPassedOver(marker) || (marker === APP1 && isExif(content))) return undefined;
    at = end;
  }
  return undefined;
}

function isExif(content: Uint8Array): boolean {
  return String.fromCharCode(...content.subarray(0, 4)) === 'Exif';
}

function frameOf(content: Uint8Array): Frame | undefined {
  const [bits, height1 = 0, height0 = 0, width1 = 0, width0 = 0, count = 0] = content;
  if (bits !== 8 || (count !== 1 && count !== 3) || content.length !== 6 + 3 * count) return undefined;
  const components = Array.from({ length: count }, (_, place) => {
    const [id = 0, sampling = 0, table = 0] = content.subarray(6 + 3 * place);
    return { id, across: sampling >> 4, down: sampling & 15, table };
  });
  return { height: 256 * height1 + height0, width: 256 * width1 + width0, components };
}

function readQuantization(content: Uint8Array, { quantization }: Tables): boolean {
  let at = 0;
  for (; at < content.length; at += 65) {
    // 16 bits a value are not baseline.
    if (content[at]! > 3 || at + 65 > content.length) return false;
    quantization.set(content[at]!, Uint16Array.from(content.subarray(at + 1, at + 65)));
  }
  return true;
}

function readHuffman(content: Uint8Array, { huffman }: Tables): boolean {
  for (let at = 0; at < content.length; ) {
    const counts = content.subarray(at + 1, at + 17);
    const length = counts.reduce((sum, count) => sum + count, 0);
    const values = content.subarray(at + 17, at + 17 + length);
    const table = counts.length === 16 && values.length === length && huffmanTable(counts, values);
    if (!table) return false;
    huffman.set(content[at]!, table);
    at += 17 + length;
  }
  return true;
}

/** One scan that has everything: all components, all coefficients. */
function withScan(
  { height, width, components }: Frame,
  { quantization, huffman }: Tables,
  content: Uint8Array,
  scan: number,
): JpegSegments | undefined {
  if (content[0] !== components.length || content.length !== 4 + 2 * components.length) return undefined;
  const [from, to, approximation] = content.subarray(-3);
  if (from !== 0 || to !== 63 || approximation !== 0) return undefined;
  const found = components.flatMap(({ id, across, down, table }, place) => {
    const [scanned, numbers = 0] = content.subarray(1 + 2 * place);
    const quantized = quantization.get(table);
    const first = huffman.get(numbers >> 4);
    const others = huffman.get(16 + (numbers & 15));
    return scanned === id && quantized && first && others
      ? [{ id, across, down, quantization: quantized, first, others }]
      : [];
  });
  return found.length === components.length ? { height, width, components: found, scan } : undefined;
}
