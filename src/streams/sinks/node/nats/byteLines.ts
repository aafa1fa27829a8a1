/** A longer line is no event of ours; it is left out. */
const LONGEST = 16 * 1024 * 1024;
const LINE_FEED = 10;

/** Cuts blocks of an event file into lines, as bytes. Holds one line at most. */
export class ByteLines {
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  push(block: Uint8Array): Buffer[] {
    const lines: Buffer[] = [];
    let from = 0;
    for (let to = block.indexOf(LINE_FEED); to >= 0; to = block.indexOf(LINE_FEED, from)) {
      this.#hold(block.subarray(from, to));
      if (this.#heldBytes <= LONGEST) lines.push(Buffer.concat(this.#held));
      this.clear();
      from = to + 1;
    }
    this.#hold(block.subarray(from));
    return lines;
  }

  /** The line that has begun does not go on. */
  clear(): void {
    this.#held = [];
    this.#heldBytes = 0;
  }

  #hold(piece: Uint8Array): void {
    this.#heldBytes += piece.length;
    if (this.#heldBytes > LONGEST) this.#held = [];
    else this.#held.push(piece);
  }
}
