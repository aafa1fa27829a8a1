// The `.wandb` file of a run of W&B, while it is written or afterwards, synchronised or not.
// https://github.com/wandb/wandb/blob/main/core/internal/transactionlog and wandb/proto/wandb_internal.proto
import { WireError } from '../../protobuf/read.js';
import type { Decoded, Decoder, Rest, Told, TrackingFormat } from '../format.js';
import { recordAt } from './blocks.js';
import { RunReader } from './runRecords.js';

/** `:W&B`, 0xbee1 and the version. */
const BEGINNING = [0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0];

export const wandbFile: TrackingFormat = {
  title: '.wandb files of W&B',
  recognise: (start, name) =>
    start.length === 0 ? name.endsWith('.wandb') : BEGINNING.every((byte, at) => start[at] === byte),
  decoder: () => new WandbDecoder(new RunReader(), 0),
};

class WandbDecoder implements Decoder {
  readonly #run: RunReader;
  #offset: number;

  constructor(run: RunReader, offset: number) {
    this.#run = run;
    this.#offset = offset;
  }

  get remarks(): readonly string[] {
    return this.#run.remarks;
  }

  copy(): Decoder {
    return new WandbDecoder(this.#run.copy(), this.#offset);
  }

  decode(bytes: Uint8Array, rest: Rest): Decoded {
    const told: Told[] = [];
    const damaged: string[] = [];
    let used = this.#offset > 0 ? 0 : BEGINNING.length;
    if (bytes.length < used) return { told, used: 0 };
    let needed: number | undefined;
    for (;;) {
      const record = recordAt(bytes, used, this.#offset);
      if (record.kind === 'waiting') break;
      if (record.kind === 'torn') {
        needed = used + record.needed;
        break;
      }
      // The rest of a damaged block may not have arrived.
      if (record.kind === 'damaged' && record.end > bytes.length && rest === 'nothing yet') break;
      if (record.kind === 'damaged') damaged.push(record.problem);
      else this.#read(record.data, told, damaged);
      used = Math.min(record.end, bytes.length);
    }
    this.#offset += used;
    // A record that a window of this size holds comes whole with the next one; of a longer one the pieces tell only their own lengths.
    if (used > 0 || needed === undefined) return { told, damaged, used };
    return { told, damaged, used, needed: rest === 'more' ? Math.max(needed, 2 * bytes.length) : needed };
  }

  #read(data: Uint8Array, told: Told[], damaged: string[]): void {
    const before = told.length;
    try {
      this.#run.read(data, told);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      told.length = before;
      damaged.push(`a record is none of W&B: ${error.message}`);
    }
  }
}
