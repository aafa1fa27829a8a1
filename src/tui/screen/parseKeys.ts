// biome-ignore-all lint/suspicious/noControlCharactersInRegex: the escape character is what begins the sequences
// What a terminal sends, as keys: takes the text in any pieces and gives every key once it is whole.
import { type MouseInput, mouseIn } from './mouse.js';

/** A character as it is typed, or a name: `up`, `home`, `enter`, `escape`, `space`, `ctrl-c`. */
export type Key = string;

export type Input =
  | { readonly type: 'key'; readonly key: Key }
  | MouseInput
  /** What the terminal says of itself, e.g. of its background. */
  | { readonly type: 'answer'; readonly text: string };

export interface KeyParser {
  /** The inputs that are whole now. */
  feed(text: string): Input[];
  /** Something has begun that may be a sequence, or an escape key that nothing follows. */
  readonly waiting: boolean;
  /** Nothing followed: what has begun is a key. */
  flush(): Input[];
}

/** In the order in which they are tried; each one matches a whole piece at the beginning. */
const CONTROL_SEQUENCE = /^\u001b\[([0-?]*)[ -/]*([@-~])/;
const FUNCTION_SEQUENCE = /^\u001bO([ -~])/;
const STRING_SEQUENCE = /^\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)/;
/** Alt with a key: none of ours. */
const ALT = /^\u001b[^\u001b[\]OPX^_]/u;
const UNFINISHED = /^\u001b(?:|\[[0-?]*[ -/]*|O|[\]PX^_][^\u0007\u001b]*\u001b?)$/;
/** What a broken sequence leaves behind. */
const BROKEN = /^\u001b(?:\[[0-?]*[ -/]*|O|[\]PX^_][^\u0007\u001b]*)/;

const [PASTE_BEGINS, PASTE_ENDS] = ['\u001b[200~', '\u001b[201~'] as const;
/** No sequence of a terminal is longer; what does not end is not one. */
const LONGEST = 4096;

const LETTERS: Readonly<Record<string, Key>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  M: 'enter',
  Z: 'shift-tab',
};
const NUMBERS: Readonly<Record<string, Key>> = { 1: 'home', 4: 'end', 5: 'pageUp', 6: 'pageDown', 7: 'home', 8: 'end' };
const CONTROLS: Readonly<Record<string, Key>> = {
  '\t': 'tab',
  '\r': 'enter',
  '\n': 'enter',
  '\u001b': 'escape',
  ' ': 'space',
  '\b': 'backspace',
  '\u007f': 'backspace',
};

export function createKeyParser(): KeyParser {
  let held = '';
  let pasting = false;

  /** The piece at the beginning of what is held, and what it means; nothing where more has to come. */
  const next = (): { readonly length: number; readonly input?: Input | undefined } | undefined => {
    if (pasting) {
      const end = held.indexOf(PASTE_ENDS);
      pasting = end < 0;
      return { length: pasting ? held.length - tailOf(held, PASTE_ENDS) : end + PASTE_ENDS.length };
    }
    if (held.startsWith(PASTE_BEGINS)) {
      pasting = true;
      return { length: PASTE_BEGINS.length };
    }
    return pieceAt(held);
  };

  return {
    feed: (text) => {
      held += text;
      const inputs: Input[] = [];
      while (held !== '') {
        const piece = next();
        if (piece === undefined || piece.length === 0) break;
        if (piece.input !== undefined) inputs.push(piece.input);
        held = held.slice(piece.length);
      }
      return inputs;
    },
    get waiting() {
      return !pasting && /^\u001b[[O]?$/.test(held);
    },
    flush: () => {
      const inputs: Input[] = held === '\u001b' ? [{ type: 'key', key: 'escape' }] : [];
      held = '';
      return inputs;
    },
  };
}

function pieceAt(text: string): { readonly length: number; readonly input?: Input | undefined } | undefined {
  if (text[0] !== '\u001b') {
    const character = String.fromCodePoint(text.codePointAt(0)!);
    return { length: character.length, input: keyInput(keyOf(character)) };
  }
  const control = CONTROL_SEQUENCE.exec(text);
  if (control !== null) {
    const [sequence, parameters = '', letter = ''] = control;
    const key = letter === '~' ? NUMBERS[parameters] : /^1?$/.test(parameters) ? LETTERS[letter] : undefined;
    return { length: sequence.length, input: mouseIn(sequence) ?? keyInput(key) };
  }
  const called = FUNCTION_SEQUENCE.exec(text);
  if (called !== null) return { length: called[0].length, input: keyInput(LETTERS[called[1]!]) };
  const said = STRING_SEQUENCE.exec(text);
  if (said !== null) return { length: said[0].length, input: { type: 'answer', text: said[0] } };
  const alt = ALT.exec(text);
  if (alt !== null) return { length: alt[0].length };
  if (UNFINISHED.test(text) && text.length <= LONGEST) return undefined;
  const broken = BROKEN.exec(text);
  return broken === null ? { length: 1, input: keyInput('escape') } : { length: broken[0].length };
}

function keyInput(key: Key | undefined): Input | undefined {
  return key === undefined ? undefined : { type: 'key', key };
}

function keyOf(character: string): Key | undefined {
  const code = character.codePointAt(0)!;
  const named = CONTROLS[character];
  if (named !== undefined) return named;
  if (code >= 1 && code <= 26) return `ctrl-${String.fromCharCode(code + 96)}`;
  return code < 32 || (code >= 127 && code < 160) ? undefined : character;
}

/** How many characters at the end may be the beginning of what is looked for. */
function tailOf(text: string, wanted: string): number {
  for (let length = Math.min(text.length, wanted.length - 1); length > 0; length--)
    if (text.endsWith(wanted.slice(0, length))) return length;
  return 0;
}
