// The dictionary in the head of an .npy file: three keys, whose values are a string, a truth value and a tuple of whole numbers.
import { quote } from '../../text/quote.js';

export interface NpyDictionary {
  /** The element type; `undefined` for a list of fields, which is passed over. */
  readonly descr: string | undefined;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

/** Where the text is something else. */
export interface NoDictionary {
  /** Characters before it. */
  readonly at: number;
  readonly expected: string;
  readonly actual: string;
}

const LONGEST_RANK = 32;

/** Reads the text, which is not evaluated: what is not of this form is refused. */
export function parseDictionary(text: string): NpyDictionary | NoDictionary {
  const reader = new Reader(text);
  try {
    return reader.dictionary();
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    return { at: reader.at, expected: error.message, actual: quote(text.slice(reader.at, reader.at + 24)) };
  }
}

/** Its message is what is expected. */
class Unexpected extends Error {}

class Reader {
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  dictionary(): NpyDictionary {
    const found = new Map<string, unknown>();
    this.#take(/\{/, '{');
    while (!this.#skip(/\}/)) {
      const [, , key = ''] = this.#take(
        /(['"])(descr|fortran_order|shape)\1\s*:/,
        "'descr', 'fortran_order' or 'shape'",
      );
      if (found.has(key)) throw new Unexpected(`'${key}' once`);
      found.set(key, this.#value(key));
      if (this.#skip(/,/)) continue;
      this.#take(/\}/, ', or }');
      break;
    }
    this.#take(/$/, 'nothing after the dictionary');
    for (const key of ['descr', 'fortran_order', 'shape']) if (!found.has(key)) throw new Unexpected(`'${key}'`);
    return {
      descr: found.get('descr') as string | undefined,
      fortranOrder: found.get('fortran_order') as boolean,
      shape: found.get('shape') as number[],
    };
  }

  #value(key: string): unknown {
    if (key === 'fortran_order') return this.#take(/True|False/, 'True or False')[0] === 'True';
    if (key === 'shape') return this.#tuple();
    if (this.#skip(/\[[^\]{}]{0,9000}\]/)) return undefined;
    return this.#take(/(['"])([^'"\\]{0,40})\1/, 'a type in quotes')[2];
  }

  #tuple(): number[] {
    const numbers: number[] = [];
    this.#take(/\(/, 'a tuple');
    while (!this.#skip(/\)/)) {
      if (numbers.length === LONGEST_RANK) throw new Unexpected(`at most ${LONGEST_RANK} dimensions`);
      // Python 2 wrote an L behind long numbers.
      numbers.push(Number(this.#take(/(\d{1,16})L?/, 'a whole number')[1]));
      if (this.#skip(/,/)) continue;
      this.#take(/\)/, ', or )');
      break;
    }
    return numbers;
  }

  #skip(pattern: RegExp): boolean {
    return this.#match(pattern) !== undefined;
  }

  #take(pattern: RegExp, expected: string): RegExpExecArray {
    const found = this.#match(pattern);
    if (found === undefined) throw new Unexpected(expected);
    return found;
  }

  /** At this place, space before and behind it passed over. */
  #match(pattern: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(`\\s*(?:${pattern.source})\\s*`, 'y');
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.#text);
    if (found === null) return undefined;
    this.at = sticky.lastIndex;
    return found;
  }
}
