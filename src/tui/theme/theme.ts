// What words look like: one accent, greys for context, green and vermilion for good and bad news.

import type { Capabilities } from './capabilities.js';
import { PALETTES, type Tone } from './palette.js';

/** Of the runs that are shown at once, by their place; green and vermilion are left to the news. */
const RUN_TONES: readonly Tone[] = ['accent', 'run2', 'run3', 'run4', 'run5'];

/** A run's tone stays with its place; the sixth run has that of the first again. */
export function toneOfRun(place: number): Tone {
  return RUN_TONES[place % RUN_TONES.length]!;
}

/** The notebook is context, in grey; what someone has asked for is what they look at. */
export function toneOfBaseline({ chosen }: { readonly chosen: boolean }): Tone {
  return chosen ? 'comparison' : 'baseline';
}

/** A piece of a row. Its text is one cell a character. */
export type Span = readonly [tone: Tone, text: string];

export interface Theme extends Capabilities {
  /** Whether images leave black to the terminal's background. */
  readonly black: 'terminal' | 'painted';
  /** Text in a tone; without colour, or in ASCII, what comes nearest, of the same width. */
  paint(tone: Tone, text: string): string;
  /** A whole row. */
  line(spans: readonly Span[]): string;
}

/** Everything beyond ASCII that the panels print. */
const ASCII: Readonly<Record<string, string>> = {
  '─': '-',
  '━': '=',
  '┄': '-',
  '┤': '|',
  '└': '+',
  '┴': '+',
  '·': '-',
  '×': 'x',
  '–': '-',
  '−': '-',
  '●': '*',
  '○': 'o',
  '■': '#',
  '┈': '.',
  '░': ':',
  '←': '<',
  '→': '>',
  '↑': '^',
  '↓': 'v',
  µ: 'u',
  '‖': '=',
  '✓': '+',
  '✗': '!',
  '▼': 'v',
  '▲': '^',
  '▶': '>',
  '▸': '>',
  '…': '.',
  '’': "'",
};

/**
 * @param black `painted` where the terminal is light; words are darker there
 *
 * @example
 * import { createTheme } from 'millrace/tui';
 *
 * const theme = createTheme({ color: 0, glyphs: 'ascii' });
 * console.log(theme.line([['label', '─ loss · '], ['value', '0.01']])); // - loss - 0.01
 */
export function createTheme({ color, glyphs }: Capabilities, black: Theme['black'] = 'terminal'): Theme {
  const codes = color === 0 ? undefined : PALETTES[black === 'painted' ? 'light' : 'dark'][color];
  const paint = (tone: Tone, text: string): string => {
    const shown = glyphs === 'ascii' ? asciiOf(text) : text;
    const code = codes?.[tone] ?? '';
    return code === '' || text === '' ? shown : `\u001b[${code}m${shown}\u001b[39m`;
  };
  return { color, glyphs, black, paint, line: (spans) => spans.map(([tone, text]) => paint(tone, text)).join('') };
}

/** The same number of characters, none beyond ASCII. */
export function asciiOf(text: string): string {
  return text.replace(/[^ -~]/gu, (character) => ASCII[character] ?? '?');
}

/** Cells that the spans take. */
export function widthOf(spans: readonly Span[]): number {
  return spans.reduce((width, [, text]) => width + text.length, 0);
}
