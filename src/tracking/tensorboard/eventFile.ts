// TensorBoard's event files: records, each with one message `Event`. Written by SummaryWriter, Lightning, Keras and the Trainer of
// Hugging Face alike. https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto
import { WireError } from '../../protobuf/read.js';
import type { Decoded, Decoder, Rest, Told, TrackingFormat } from '../format.js';
import { maskedCrc32c } from './crc32c.js';
import { RECORD_FOOTER_BYTES, RECORD_HEADER_BYTES } from './records.js';
import { SummaryReader } from './summary.js';

/** Of the data of a record: a batch of pictures has some, and the graph of a large network. */
const LONGEST_RECORD = 64 * 1024 * 1024;
const FRAME_BYTES = RECORD_HEADER_BYTES + RECORD_FOOTER_BYTES;

export const eventFile: TrackingFormat = {
  title: 'event files of TensorBoard',
  joins: /tfevents/,
  recognise: (start, name) => (start.length === 0 ? name.includes('tfevents') : headerOf(start) !== undefined),
  decoder: () => new EventFileDecoder(new SummaryReader()),
};

/** Length of the data of the record that begins here; `undefined` where its checksum is another one. */
function headerOf(bytes: Uint8Array): number | undefined {
  if (bytes.length < RECORD_HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (view.getUint32(8, true) !== maskedCrc32c(bytes.subarray(0, 8))) return undefined;
  return view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
}

class EventFileDecoder implements Decoder {
  readonly #summaries: SummaryReader;

  constructor(summaries: SummaryReader) {
    this.#summaries = summaries;
  }

  get remarks(): readonly string[] {
    return this.#summaries.remarks;
  }

  /** What is remembered holds for the whole file. */
  copy(): Decoder {
    return new EventFileDecoder(this.#summaries);
  }

  decode(bytes: Uint8Array, rest: Rest): Decoded {
    const told: Told[] = [];
    const damaged: string[] = [];
    let used = 0;
    const done = (more: Partial<Decoded> = {}): Decoded => ({ told, damaged, used, ...more });
    while (bytes.length - used >= RECORD_HEADER_BYTES) {
      const record = bytes.subarray(used);
      const length = headerOf(record);
      if (length === undefined) {
        // Network file systems show zeros where what was written has not arrived.
        if (isZero(record.subarray(0, RECORD_HEADER_BYTES))) return done();
        return done({ broken: 'the length of a record has another checksum' });
      }
      if (length > LONGEST_RECORD)
        return done({ broken: `a record of ${length} bytes is longer than any that is read` });
      if (record.length < FRAME_BYTES + length) return done({ needed: FRAME_BYTES + length });
      const data = record.subarray(RECORD_HEADER_BYTES, RECORD_HEADER_BYTES + length);
      const checksum = record.subarray(RECORD_HEADER_BYTES + length, FRAME_BYTES + length);
      if (!isWhole(data, checksum)) {
        if (rest === 'nothing yet' && isZero(checksum)) return done();
        damaged.push('a record has another checksum');
      } else this.#read(data, told, damaged);
      used += FRAME_BYTES + length;
    }
    return done();
  }

  #read(data: Uint8Array, told: Told[], damaged: string[]): void {
    const before = told.length;
    try {
      this.#summaries.read(data, told);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      told.length = before;
      damaged.push(`a record is no event: ${error.message}`);
    }
  }
}

function isWhole(data: Uint8Array, checksum: Uint8Array): boolean {
  return new DataView(checksum.buffer, checksum.byteOffset).getUint32(0, true) === maskedCrc32c(data);
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
