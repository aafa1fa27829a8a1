/**
 * Cuts text that arrives in pieces into lines, in linear time. Holds one line, and no more of it than the limit.
 *
 * @example
 * for (const line of lines.push(text)) read(line);
 */
export class TextLines {
  readonly #longest: number;
  #rest = '';
  #length = 0;

  /** @param longest UTF-16 units of a line */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /** What follows the last line feed. Empty where it is too long. */
  get rest(): string {
    return this.#rest;
  }

  /** Lines that are whole now, and `undefined` for one that is too long, as soon as it is: it may never end. */
  push(text: string): (string | undefined)[] {
    const lines: (string | undefined)[] = [];
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      if (this.#add(text.slice(start, end))) lines.push(undefined);
      lines.push(this.take());
      start = end + 1;
    }
    if (this.#add(text.slice(start))) lines.push(undefined);
    return lines;
  }

  /** Takes what follows the last line feed for a whole line. */
  take(): string {
    const line = this.#rest;
    this.#rest = '';
    this.#length = 0;
    return line;
  }

  /** Whether the line has become too long by this piece. Pieces are put together only when the line is read. */
  #add(piece: string): boolean {
    const fitted = this.#length <= this.#longest;
    this.#length += piece.length;
    const fits = this.#length <= this.#longest;
    this.#rest = fits ? this.#rest + piece : '';
    return fitted && !fits;
  }
}
