/** Cuts a payload that arrives in chunks of any size into items. */
export class ItemCutter {
  readonly #itemBytes: number;
  #pieces: Uint8Array[] = [];
  #missing: number;

  constructor(itemBytes: number) {
    this.#itemBytes = itemBytes;
    this.#missing = itemBytes;
  }

  /** The items that this chunk completes: views of it, but for one that began in an earlier chunk. */
  push(chunk: Uint8Array): Uint8Array[] {
    const items: Uint8Array[] = [];
    let rest = chunk;
    while (rest.length >= this.#missing) {
      const end = rest.subarray(0, this.#missing);
      items.push(this.#pieces.length === 0 ? end : Buffer.concat([...this.#pieces, end]));
      rest = rest.subarray(this.#missing);
      this.#pieces = [];
      this.#missing = this.#itemBytes;
    }
    if (rest.length > 0) this.#pieces.push(rest);
    this.#missing -= rest.length;
    return items;
  }
}
