// The records of an event file (TFRecord): length, its checksum, data, their checksum; all little-endian.
// https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details
import { maskedCrc32c } from './crc32c.js';

/** Bytes before the data: the length (uint64) and its masked checksum (uint32). */
export const RECORD_HEADER_BYTES = 12;
/** Bytes behind the data: their masked checksum (uint32). */
export const RECORD_FOOTER_BYTES = 4;

/** Data as a record of an event file. */
export function encodeRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(RECORD_HEADER_BYTES + data.length + RECORD_FOOTER_BYTES);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc32c(record.subarray(0, 8)), true);
  record.set(data, RECORD_HEADER_BYTES);
  view.setUint32(RECORD_HEADER_BYTES + data.length, maskedCrc32c(data), true);
  return record;
}
