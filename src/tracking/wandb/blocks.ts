// The log of LevelDB, in which W&B keeps its records: blocks of 32 KiB, in each pieces of records with a header of seven bytes. The
// seven bytes at the beginning of a W&B file count in the first block.
// https://github.com/google/leveldb/blob/main/doc/log_format.md
import { joinBytes } from '../../joinBytes.js';
import { crc32 } from './crc32.js';

const BLOCK_BYTES = 32 * 1024;
const HEADER_BYTES = 7;
/** A whole record, or the first and the last of its pieces; between them are middle ones. */
const [FULL, FIRST, LAST] = [1, 2, 4];
/** Of one record; a summary of a long run with tables has some. */
const LONGEST_RECORD = 64 * 1024 * 1024;

/** What the next record is. */
export type BlockRecord =
  | { readonly kind: 'record'; readonly data: Uint8Array; readonly end: number }
  /** Its end is not there: as many bytes are needed, at least. */
  | { readonly kind: 'torn'; readonly needed: number }
  /** Zeros where what was written has not arrived, or nothing was written yet. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'damaged'; readonly problem: string; readonly end: number };

/**
 * The record that begins in `bytes` at `from`.
 * @param offset of the first of the bytes in the file
 */
export function recordAt(bytes: Uint8Array, from: number, offset: number): BlockRecord {
  const pieces: Uint8Array[] = [];
  let [at, length] = [from, 0];
  for (;;) {
    const left = leftInBlock(offset + at);
    // Too little room for a header: filled up.
    if (left < HEADER_BYTES) at += left;
    if (at + HEADER_BYTES > bytes.length) return { kind: 'torn', needed: at + HEADER_BYTES - from };
    const nextBlock = at + leftInBlock(offset + at);
    const header = bytes.subarray(at, at + HEADER_BYTES);
    if (header.every((byte) => byte === 0)) return { kind: 'waiting' };
    const view = new DataView(header.buffer, header.byteOffset);
    const size = view.getUint16(4, true);
    const type = header[6]!;
    const end = at + HEADER_BYTES + size;
    if (end > nextBlock) return { kind: 'damaged', problem: 'a record is longer than its block', end: nextBlock };
    if (end > bytes.length) return { kind: 'torn', needed: end - from };
    // The type is part of what is checked.
    if (view.getUint32(0, true) !== crc32(bytes.subarray(at + 6, end)))
      return { kind: 'damaged', problem: 'a record has another checksum', end: nextBlock };
    const begins = type === FULL || type === FIRST;
    // Where another one begins is where to go on.
    if (begins && pieces.length > 0) return { kind: 'damaged', problem: 'a record is not whole', end: at };
    if ((!begins && pieces.length === 0) || type < FULL || type > LAST)
      return { kind: 'damaged', problem: 'a record is not whole', end };
    length += size;
    if (length > LONGEST_RECORD) return { kind: 'damaged', problem: 'a record is longer than any that is read', end };
    pieces.push(bytes.subarray(at + HEADER_BYTES, end));
    at = end;
    if (type === FULL || type === LAST) return { kind: 'record', data: joinBytes(pieces), end };
  }
}

function leftInBlock(offset: number): number {
  return BLOCK_BYTES - (offset % BLOCK_BYTES);
}
