import { createGunzip, type Gunzip } from 'node:zlib';
import type { Bytes } from '../fileReading.js';

/** Comes to sixteen megabytes at most. */
const PIECE_BYTES = 16 * 1024;

/** The bytes in a gzip file, which may grow: read forward, and from the start again where an earlier place is asked for. */
export class GzipBytes implements Bytes {
  readonly #compressed: Bytes;
  #gunzip: Gunzip;
  #taken = 0;
  /** Bytes that have come out and may be asked for again, and the place of the first. */
  #held: Buffer = Buffer.alloc(0);
  #from = 0;
  #fresh: Buffer[] = [];
  #failed = false;
  #resume: () => void = () => undefined;

  constructor(compressed: Bytes) {
    this.#compressed = compressed;
    this.#gunzip = this.#begin();
  }

  /** Compressed bytes that have been taken. */
  get taken(): number {
    return this.#taken;
  }

  /** Why nothing more can be read. */
  get problem(): string | undefined {
    return this.#failed ? 'its gzip data are damaged' : undefined;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    if (offset < this.#from) {
      this.#gunzip.destroy();
      this.#gunzip = this.#begin();
      [this.#taken, this.#from, this.#held] = [0, 0, Buffer.alloc(0)];
    }
    this.#forget(offset);
    while (offset + length > this.#from + this.#held.length && (await this.#readOn())) this.#forget(offset);
    const start = offset - this.#from;
    return Uint8Array.from(this.#held.subarray(start, start + length));
  }

  #begin(): Gunzip {
    this.#failed = false;
    this.#fresh = [];
    const gunzip = createGunzip();
    gunzip.on('readable', () => this.#collect());
    gunzip.on('error', () => {
      this.#failed = true;
      this.#resume();
    });
    return gunzip;
  }

  /** @returns whether there was more */
  async #readOn(): Promise<boolean> {
    if (this.#failed) return false;
    const piece = await this.#compressed.read(this.#taken, PIECE_BYTES);
    if (piece.length === 0) return false;
    this.#taken += piece.length;
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
      this.#gunzip.write(piece, () => resolve());
    });
    this.#collect();
    this.#held = Buffer.concat([this.#held, ...this.#fresh]);
    this.#fresh = [];
    return true;
  }

  #collect(): void {
    for (let out = this.#gunzip.read() as Buffer | null; out !== null; out = this.#gunzip.read() as Buffer | null)
      this.#fresh.push(out);
  }

  #forget(offset: number): void {
    const passed = Math.min(offset - this.#from, this.#held.length);
    if (passed <= 0) return;
    this.#held = this.#held.subarray(passed);
    this.#from += passed;
  }
}
