// What words look like: one accent, greys for context, green and vermilion for good and bad news. The colours are from
// Okabe and Ito's palette, which colour-blind eyes can tell apart.
import type { Capabilities, ColorLevel } from './capabilities.js';

export type Tone =
  | 'value'
  | 'accent'
  | 'faint'
  | 'ghost'
  | 'label'
  | 'rule'
  | 'good'
  | 'bad'
  | 'test'
  | 'above'
  | 'below'
  | 'run2'
  | 'run3'
  | 'run4'
  | 'run5';

/** Of the runs that are shown at once, by their place; green and vermilion are left to the news. */
const RUN_TONES: readonly Tone[] = ['accent', 'run2', 'run3', 'run4', 'run5'];

/** A run's tone stays with its place; the sixth run has that of the first again. */
export function toneOfRun(place: number): Tone {
  return RUN_TONES[place % RUN_TONES.length]!;
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

/** Foreground codes; `value` is the terminal's own colour. */
const CODES: Readonly<Record<Exclude<ColorLevel, 0>, Readonly<Record<Tone, string>>>> = {
  3: {
    value: '',
    accent: '38;2;86;180;233',
    faint: '38;2;52;108;140',
    ghost: '38;2;128;128;128',
    label: '38;2;138;138;138',
    rule: '38;2;88;88;88',
    good: '38;2;0;158;115',
    bad: '38;2;213;94;0',
    test: '38;2;230;159;0',
    run2: '38;2;230;159;0',
    run3: '38;2;204;121;167',
    run4: '38;2;240;228;66',
    run5: '38;2;0;114;178',
    above: '38;2;255;160;30',
    below: '38;2;90;180;255',
  },
  2: {
    value: '',
    accent: '38;5;74',
    faint: '38;5;24',
    ghost: '38;5;244',
    label: '38;5;245',
    rule: '38;5;240',
    good: '38;5;36',
    bad: '38;5;166',
    test: '38;5;178',
    run2: '38;5;178',
    run3: '38;5;175',
    run4: '38;5;221',
    run5: '38;5;25',
    above: '38;5;208',
    below: '38;5;39',
  },
  1: {
    value: '',
    accent: '36',
    faint: '34',
    ghost: '90',
    label: '37',
    rule: '90',
    good: '32',
    bad: '31',
    test: '33',
    run2: '33',
    run3: '35',
    run4: '93',
    run5: '94',
    above: '33',
    below: '34',
  },
};

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
  '▶': '>',
  '▸': '>',
  '…': '.',
  '’': "'",
};

/** @param black `painted` where the terminal is light */
export function createTheme({ color, glyphs }: Capabilities, black: Theme['black'] = 'terminal'): Theme {
  const paint = (tone: Tone, text: string): string => {
    const shown = glyphs === 'ascii' ? asciiOf(text) : text;
    const code = color === 0 ? '' : CODES[color][tone];
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
