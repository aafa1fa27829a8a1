// What was typed, as keys.

export type Key = 'quit' | 'suspend';

/** An escape sequence is one key of its own, none of ours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins these sequences
const SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|O.|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|.)?/g;

const KEYS: Readonly<Record<string, Key>> = { q: 'quit', Q: 'quit', '\u0003': 'quit', '\u001a': 'suspend' };

/** The keys in a chunk of raw input, in order; all others are left out. */
export function keysIn(input: string): Key[] {
  return [...input.replace(SEQUENCE, '')].flatMap((character) => KEYS[character] ?? []);
}
