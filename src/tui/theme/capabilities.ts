// What the terminal can show, read from the environment alone.

/** As elsewhere: 0 no colour, 1 the 16 colours, 2 the 256 colours, 3 truecolour. */
export type ColorLevel = 0 | 1 | 2 | 3;

/**
 * What curves and pictures are made of. `braille`: curves of braille dots, pictures of half blocks; `block`: quarter blocks for
 * curves, where the font lacks braille; `ascii`: nothing beyond 0x7e.
 */
export const GLYPHS = ['braille', 'block', 'ascii'] as const;
export type Glyphs = (typeof GLYPHS)[number];

export interface Capabilities {
  readonly color: ColorLevel;
  readonly glyphs: Glyphs;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param wanted glyphs that someone asks for, whatever the environment says. @default what the environment says
 *
 * @example
 * import { detectCapabilities } from 'millrace/tui';
 *
 * console.log(detectCapabilities({ TERM: 'xterm-256color', LANG: 'C.UTF-8' })); // { color: 2, glyphs: 'braille' }
 */
export function detectCapabilities(environment: Environment, wanted: Glyphs = glyphs(environment)): Capabilities {
  return { color: colorLevel(environment), glyphs: wanted };
}

/** `FORCE_COLOR` wins over `NO_COLOR`, and 0 to 3 in it is the level itself; then `COLORTERM` and `TERM` decide. */
export function colorLevel(environment: Environment): ColorLevel {
  const { FORCE_COLOR: force, NO_COLOR: none } = environment;
  if (force === '0' || force === 'false') return 0;
  if (force === '1' || force === '2' || force === '3') return Number(force) as ColorLevel;
  const supported = supportedColor(environment);
  if (force !== undefined) return supported === 0 ? 1 : supported;
  return none === undefined || none === '' ? supported : 0;
}

function supportedColor({ TERM: term = '', COLORTERM: colorterm = '' }: Environment): ColorLevel {
  if (term === 'dumb') return 0;
  if (/^(truecolor|24bit)$/i.test(colorterm)) return 3;
  if (/-direct$|^(xterm-kitty|xterm-ghostty|alacritty|wezterm|foot)/.test(term)) return 3;
  if (/-256(color)?$/.test(term)) return 2;
  if (/color|ansi|cygwin|linux|xterm|screen|tmux|rxvt|konsole/.test(term) || colorterm !== '') return 1;
  return 0;
}

/** Whether kitty's graphics protocol can reach the terminal: tmux and screen keep it from it. */
export function passesGraphics({ TERM: term = '', TMUX: tmux, STY: screen }: Environment): boolean {
  return tmux === undefined && screen === undefined && !/^(tmux|screen)/.test(term);
}

function glyphs({ TERM: term, LC_ALL, LC_CTYPE, LANG }: Environment): Glyphs {
  if (term === 'linux' || term === 'dumb') return 'ascii';
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '') ? 'braille' : 'ascii';
}
