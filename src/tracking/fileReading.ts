import type { Decoded, Decoder, Rest } from './format.js';

/** What is asked of a file at a time: some hundreds of records. */
export const WINDOW_BYTES = 256 * 1024;

/** Bytes at any place: fewer than were asked for at the present end. */
export interface Bytes {
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Why nothing more can be read, where it is damaged. */
  readonly problem?: string | undefined;
}

/** How far one file has been read, and by what. */
export class FileReading {
  readonly #decoder: Decoder;
  #offset: number;
  #broken: boolean;
  /** Bytes that the next record takes, where they were not there. */
  #needed = 0;

  constructor(decoder: Decoder, offset = 0, broken = false) {
    this.#decoder = decoder;
    this.#offset = offset;
    this.#broken = broken;
  }

  copy(): FileReading {
    return new FileReading(this.#decoder.copy(), this.#offset, this.#broken);
  }

  get offset(): number {
    return this.#offset;
  }

  /** Nothing more is read, whatever comes. */
  get broken(): boolean {
    return this.#broken;
  }

  get remarks(): readonly string[] {
    return this.#decoder.remarks;
  }

  /** Reads no further. @param broken why */
  stop(broken: string): Decoded {
    this.#broken = true;
    return { told: [], used: 0, broken };
  }

  /**
   * Reads on.
   * @param until place beyond which nothing is read
   * @param last whether nothing will follow what is there
   * @returns `undefined` where nothing new can be made of what is there
   */
  async next(bytes: Bytes, until: number, last: boolean): Promise<Decoded | undefined> {
    if (this.#broken || (!last && !(await this.#isThere(bytes)))) return undefined;
    let wanted = WINDOW_BYTES;
    for (;;) {
      const length = Math.min(wanted, until - this.#offset);
      const window = length > 0 ? await bytes.read(this.#offset, length) : new Uint8Array();
      const rest: Rest = window.length === wanted ? 'more' : last ? 'nothing' : 'nothing yet';
      if (window.length === 0 && !last) return undefined;
      const decoded = this.#decoder.decode(window, rest);
      const { used, needed = 0, broken, told, damaged = [] } = decoded;
      this.#offset += used;
      this.#broken = broken !== undefined;
      this.#needed = rest === 'more' ? 0 : needed;
      if (used > 0 || told.length > 0 || damaged.length > 0 || this.#broken) return decoded;
      // A record that is longer than the window, and there.
      if (needed <= window.length || rest !== 'more') return undefined;
      wanted = needed;
    }
  }

  /** A long record that is still being written is not read over and over. */
  async #isThere(bytes: Bytes): Promise<boolean> {
    if (this.#needed <= WINDOW_BYTES) return true;
    return (await bytes.read(this.#offset + this.#needed - 1, 1)).length > 0;
  }
}
