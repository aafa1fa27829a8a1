// What curves and signs look like, in the chart and in its legend.
import type { Glyphs } from '../../theme/capabilities.js';
import type { Tone } from '../../theme/palette.js';
import type { Span } from '../../theme/theme.js';

/** Of the runs that are shown at once, by their place: without colour and without dots they are told apart by these. */
const RUN_ASCII = ['*', '#', '+', '%', '@'] as const;
export const BASELINE_ASCII = '-';
export const TEST_ASCII = 'o';

export function asciiOfRun(place: number): string {
  return RUN_ASCII[place % RUN_ASCII.length]!;
}

/** There was a loss that is NaN or infinite. */
export const GAP_SIGN: Span = ['bad', '✗'];
/** The curve lies above what is shown. */
export const ABOVE_SIGN = '▲';
/** The learning rate went up, or down. */
export const MORE_SIGN: Span = ['value', '↑'];
export const LESS_SIGN: Span = ['value', '↓'];

/** @param tone `test`, or that of one of several runs */
export function testSign(tone: Tone, glyphs: Glyphs): Span {
  return [tone, glyphs === 'ascii' ? TEST_ASCII : '●'];
}

/** A piece of a run's line. */
export function lineMark(ascii: string, glyphs: Glyphs): string {
  return glyphs === 'ascii' ? ascii : '━';
}

export function baselineMark(glyphs: Glyphs): string {
  return glyphs === 'ascii' ? BASELINE_ASCII : '┄';
}
