import { headerBytesOf, type IdxHeader, LONGEST_HEADER, MAGIC_BYTES, parseIdxHeader, payloadBytes } from './header.js';
import { trailing, truncated } from './payload.js';

/**
 * Decodes an IDX file that arrives in chunks of any size. The decoder holds nothing but the header; every split of the same bytes
 * gives the same payload, or the same error.
 *
 * @example
 * const decoder = new IdxDecoder('stdin');
 * const pixels = [];
 * for await (const chunk of Readable.from([encodeIdx([2, 1, 1], Uint8Array.of(7, 8))])) pixels.push(...decoder.push(chunk));
 * decoder.end();
 * console.log(decoder.header.shape, pixels); // [ 2, 1, 1 ] [ 7, 8 ]
 */
export class IdxDecoder {
  readonly path: string;
  /** The header, known as soon as all of its bytes have arrived. */
  header: IdxHeader | undefined;
  /** Bytes after the header that have arrived so far. */
  arrived = 0;
  readonly #start = new Uint8Array(LONGEST_HEADER);
  #startLength = 0;

  /** @param path names the file in errors */
  constructor(path: string) {
    this.path = path;
  }

  /**
   * Takes the next bytes of the file and returns those that belong to the payload: big-endian values, a view of `chunk`.
   * @throws IdxError as `parseIdxHeader`, and `IDX_TRAILING` at the first byte beyond the promised payload
   */
  push(chunk: Uint8Array): Uint8Array {
    const payload = this.header === undefined ? this.#takeHeader(chunk) : chunk;
    if (this.header === undefined) return payload;
    this.arrived += payload.length;
    if (this.arrived > payloadBytes(this.header)) throw trailing(this.header, this.path, 'more bytes');
    return payload;
  }

  /**
   * Says that the file has ended.
   * @throws IdxError `IDX_HEADER_TRUNCATED`, `IDX_TRUNCATED`
   */
  end(): IdxHeader {
    const header = this.header ?? parseIdxHeader(this.#start.subarray(0, this.#startLength), this.path);
    if (this.arrived < payloadBytes(header)) throw truncated(header, this.path, this.arrived);
    return header;
  }

  /** Moves bytes into the header until it is whole; returns the rest. */
  #takeHeader(chunk: Uint8Array): Uint8Array {
    let rest = chunk;
    while (rest.length > 0 && this.header === undefined) {
      const missing = this.#headerBytes() - this.#startLength;
      this.#start.set(rest.subarray(0, missing), this.#startLength);
      this.#startLength += Math.min(missing, rest.length);
      rest = rest.subarray(missing);
      const start = this.#start.subarray(0, this.#startLength);
      if (this.#startLength === this.#headerBytes()) this.header = parseIdxHeader(start, this.path);
    }
    return rest;
  }

  #headerBytes(): number {
    return this.#startLength < MAGIC_BYTES ? MAGIC_BYTES : headerBytesOf(this.#start, this.path);
  }
}
