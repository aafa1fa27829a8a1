// JSON.parse takes the last of two equal keys, nests without bound and does not always say where it failed. This does better.

import { quote } from './quote.js';

/** Deep enough for anything that Millrace reads. */
const MAX_DEPTH = 32;

/** Text that is not JSON, or JSON that says something twice. */
export class JsonError extends Error {
  /** Index into the text. */
  readonly index: number;
  readonly expected: string;
  readonly actual: string;
  /** The key that stands twice in one object. */
  readonly duplicateKey: string | undefined;

  constructor(index: number, expected: string, actual: string, duplicateKey?: string) {
    super(`at ${index}: expected ${expected}, found ${actual}`);
    this.index = index;
    this.expected = expected;
    this.actual = actual;
    this.duplicateKey = duplicateKey;
  }
}

/**
 * Like `JSON.parse`, but refuses an object that has a key twice and nesting beyond 32 levels, and always says where.
 * @throws JsonError
 * @see RFC 8259
 */
export function parseStrictJson(text: string): unknown {
  new Scanner(text).scan();
  return JSON.parse(text);
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): void {
    this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail('the end');
  }

  #value(depth: number): void {
    this.#space();
    if (depth > MAX_DEPTH) this.#fail(`at most ${MAX_DEPTH} levels of nesting`, 'more');
    const first = this.#text[this.#at];
    if (first === '{') this.#object(depth);
    else if (first === '[') this.#array(depth);
    else if (first === '"') this.#string();
    else if (first === '-' || isDigit(first)) this.#number();
    else this.#literal();
  }

  #object(depth: number): void {
    const keys = new Set<string>();
    this.#list('}', () => {
      const start = this.#at;
      if (this.#text[start] !== '"') this.#fail('a key in double quotes');
      this.#string();
      const key = JSON.parse(this.#text.slice(start, this.#at)) as string;
      if (keys.has(key)) throw new JsonError(start, 'each key once', `${quote(key)} for the second time`, key);
      keys.add(key);
      this.#space();
      if (!this.#take(':')) this.#fail('":"');
      this.#value(depth + 1);
    });
  }

  #array(depth: number): void {
    this.#list(']', () => this.#value(depth + 1));
  }

  #list(close: string, item: () => void): void {
    this.#at += 1;
    this.#space();
    if (this.#take(close)) return;
    do {
      this.#space();
      item();
      this.#space();
    } while (this.#take(','));
    if (!this.#take(close)) this.#fail(`"," or "${close}"`);
  }

  #string(): void {
    this.#at += 1;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined || character < ' ') this.#fail('the closing quote of a string');
      this.#at += 1;
      if (character === '"') return;
      if (character === '\\') this.#escape();
    }
  }

  #escape(): void {
    const [sequence] = /^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(this.#text.slice(this.#at, this.#at + 5)) ?? [];
    if (sequence === undefined) this.#fail('an escape sequence');
    this.#at += sequence.length;
  }

  #number(): void {
    this.#take('-');
    if (!this.#take('0')) this.#digits();
    if (this.#take('.')) this.#digits();
    if (this.#take('e') || this.#take('E')) {
      if (!this.#take('+')) this.#take('-');
      this.#digits();
    }
  }

  #digits(): void {
    if (!isDigit(this.#text[this.#at])) this.#fail('a digit');
    while (isDigit(this.#text[this.#at])) this.#at += 1;
  }

  #literal(): void {
    const literal = ['true', 'false', 'null'].find((word) => this.#text.startsWith(word, this.#at));
    if (literal === undefined) this.#fail('a value');
    this.#at += literal.length;
  }

  #space(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? '.')) this.#at += 1;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #fail(expected: string, actual?: string): never {
    const found = this.#text[this.#at];
    throw new JsonError(this.#at, expected, actual ?? (found === undefined ? 'the end' : quote(found)));
  }
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}
