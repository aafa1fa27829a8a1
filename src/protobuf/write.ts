// The little of Protocol Buffers that files of other tools need: fields of a message, one after the other.
// https://protobuf.dev/programming-guides/encoding
import { joinBytes } from '../joinBytes.js';

/** A message, as the fields it has. */
export type Message = readonly Uint8Array[];

/** A whole number from 0 to 2⁵³. */
export function integer(field: number, value: number): Uint8Array {
  return joinBytes([varint(field * 8), varint(value)]);
}

export function float(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return joinBytes([varint(field * 8 + 5), bytes]);
}

export function double(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return joinBytes([varint(field * 8 + 1), bytes]);
}

/** Several of one field, packed. */
export function doubles(field: number, values: readonly number[]): Uint8Array {
  const packed = new Uint8Array(values.length * 8);
  const view = new DataView(packed.buffer);
  for (const [at, value] of values.entries()) view.setFloat64(at * 8, value, true);
  return bytes(field, packed);
}

export function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

export function message(field: number, fields: Message): Uint8Array {
  return bytes(field, joinBytes(fields));
}

export function bytes(field: number, value: Uint8Array): Uint8Array {
  return joinBytes([varint(field * 8 + 2), varint(value.length), value]);
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): Uint8Array {
  const groups: number[] = [];
  let rest = value;
  do {
    groups.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Uint8Array.from(groups);
}
