// Small files of other tools, byte by byte.
import { joinBytes } from '../../src/joinBytes.js';
import { bytes, float, integer, message, text } from '../../src/protobuf/write.js';
import { encodeRecord } from '../../src/tracking/tensorboard/records.js';
import { crc32 } from '../../src/tracking/wandb/crc32.js';

/** When the first step was, in seconds. */
export const BEGAN = 1_800_000_000;

/** A record of an event file with one number. */
export function scalar(step: number, value: number, tag = 'loss'): Uint8Array {
  const summary = message(5, [message(1, [text(1, tag), float(2, value)])]);
  return encodeRecord(joinBytes([double(1, BEGAN + step), integer(2, step), summary]));
}

/** The record that begins an event file. */
export function fileVersion(): Uint8Array {
  return encodeRecord(joinBytes([double(1, BEGAN), text(3, 'brain.Event:2')]));
}

/** An event file with a number a step. */
export function eventFileBytes(steps: number, from = 0, tag = 'loss'): Buffer {
  const records = Array.from({ length: steps }, (_, index) => scalar(from + index, (from + index) / 4, tag));
  return Buffer.concat([fileVersion(), ...records]);
}

function double(field: number, value: number): Uint8Array {
  const nine = Buffer.alloc(9);
  nine[0] = field * 8 + 1;
  nine.writeDoubleLE(value, 1);
  return nine;
}

const BLOCK_BYTES = 32 * 1024;

/** A `.wandb` file with one record after another, cut into blocks as its writer does. */
export function wandbFileBytes(records: readonly Uint8Array[]): Buffer {
  const pieces: Buffer[] = [Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0])];
  let at = 7;
  const add = (piece: Buffer): void => {
    pieces.push(piece);
    at += piece.length;
  };
  for (const record of records) {
    let from = 0;
    do {
      const left = BLOCK_BYTES - (at % BLOCK_BYTES);
      if (left < 7) add(Buffer.alloc(left));
      const room = BLOCK_BYTES - (at % BLOCK_BYTES) - 7;
      const to = Math.min(record.length, from + room);
      const type = from === 0 ? (to === record.length ? 1 : 2) : to === record.length ? 4 : 3;
      const data = Buffer.from([type, ...record.subarray(from, to)]);
      const header = Buffer.alloc(6);
      header.writeUInt32LE(crc32(data));
      header.writeUInt16LE(to - from, 4);
      add(Buffer.concat([header, data]));
      from = to;
    } while (from < record.length);
  }
  return Buffer.concat(pieces);
}

/** A record of a history, with values as older versions keep them. */
export function history(step: number, values: Readonly<Record<string, unknown>>): Uint8Array {
  const items = Object.entries(values).map(([key, value]) =>
    message(1, [text(1, key), bytes(16, Buffer.from(JSON.stringify(value)))]),
  );
  return message(2, [...items, message(2, [integer(1, step)])]);
}
