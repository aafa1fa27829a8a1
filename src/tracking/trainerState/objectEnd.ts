const [QUOTE, BACKSLASH, OPEN, CLOSE] = [0x22, 0x5c, 0x7b, 0x7d];

/** Finds the end of a JSON object, however often it is asked: each byte is looked at once. */
export class ObjectEnd {
  #scanned = 0;
  #depth = 0;
  #isText = false;
  #isEscaped = false;

  /**
   * @param bytes from the beginning of the text, more each time
   * @returns place behind its last brace; `undefined` while that is not there
   */
  in(bytes: Uint8Array): number | undefined {
    while (this.#scanned < bytes.length) {
      const byte = bytes[this.#scanned]!;
      // What has not arrived, on a network file system.
      if (byte === 0) return undefined;
      this.#scanned += 1;
      this.#take(byte);
      if (byte === CLOSE && !this.#isText && this.#depth <= 0) return this.#scanned;
    }
    return undefined;
  }

  #take(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (this.#isText && byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) this.#isText = !this.#isText;
    else if (!this.#isText && byte === OPEN) this.#depth += 1;
    else if (!this.#isText && byte === CLOSE) this.#depth -= 1;
  }
}
