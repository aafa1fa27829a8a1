// What a program prints for people as lines: escapes taken out, each of bounded length, also those that a progress bar writes over each other.

export interface OutputLine {
  readonly text: string;
  /** Another one takes its place on the screen: it ends with a carriage return. */
  readonly isOverwritten: boolean;
}

/** No line for people is longer; what follows is left out. */
export const LONGEST_LINE = 4096;

/** Sequences that move, colour or name: CSI, OSC and other strings, and two-character escapes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins them
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-Z\\^-~])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Takes bytes in any pieces. A line is held as long as it grows, and no more of it than {@link LONGEST_LINE}. */
export class OutputLines {
  readonly #decoder = new TextDecoder();
  #held = '';
  /** The last piece ended with a carriage return, which a line feed may follow. */
  #returned = false;

  push(bytes: Uint8Array): OutputLine[] {
    return this.#take(this.#decoder.decode(bytes, { stream: true }));
  }

  /** What follows the last line feed. */
  flush(): OutputLine[] {
    const lines = this.#take(this.#decoder.decode());
    const rest = this.#returned ? [] : this.#held === '' ? [] : [lineOf(this.#held, false)];
    const returned = this.#returned ? [lineOf(this.#held, false)] : [];
    this.#held = '';
    this.#returned = false;
    return [...lines, ...returned, ...rest];
  }

  #take(text: string): OutputLine[] {
    const lines: OutputLine[] = [];
    for (const [piece = '', end] of piecesOf(text)) {
      if (this.#returned && !(piece === '' && end === '\n')) {
        lines.push(lineOf(this.#held, true));
        this.#held = '';
      }
      this.#returned = false;
      this.#held = (this.#held + piece).slice(0, MOST_HELD);
      if (end === '\r') this.#returned = true;
      else if (end === '\n') {
        lines.push(lineOf(this.#held, false));
        this.#held = '';
      }
    }
    return lines.filter(({ text: words, isOverwritten }) => !isOverwritten || words.trim() !== '');
  }
}

/** Escapes take some of what is held. */
const MOST_HELD = 4 * LONGEST_LINE;

/** Each piece with what ends it, which is nothing for the last one. */
function* piecesOf(text: string): Generator<readonly [piece: string, end: string]> {
  let from = 0;
  for (const { index, 0: end } of text.matchAll(/[\r\n]/g)) {
    yield [text.slice(from, index), end];
    from = index + 1;
  }
  if (from < text.length) yield [text.slice(from), ''];
}

function lineOf(held: string, isOverwritten: boolean): OutputLine {
  // Keras goes back with backspaces, and prints the whole bar again.
  const shown = held.slice(held.lastIndexOf('\b') + 1);
  const text = shown.replace(ESCAPES, '').replace(CONTROLS, '').slice(0, LONGEST_LINE);
  return { text, isOverwritten };
}
