import { expect, test } from 'vitest';
import { initialState, reduceAll } from '../../../src/dashboard/state.js';
import { drawDashboard } from '../../../src/tui/drawDashboard.js';
import { cellsOf } from '../../../src/tui/screen/cells.js';
import { PALETTES } from '../../../src/tui/theme/palette.js';
import { createTheme } from '../../../src/tui/theme/theme.js';
import { initialViewState, VIEWS } from '../../../src/tui/viewState.js';
import { recordedRun } from '../../fixtures/events.js';

type Rgb = readonly [red: number, green: number, blue: number];

/** Black and white, and what editors and Solarized have in their place. */
const BACKGROUNDS: Readonly<Record<'dark' | 'light', readonly Rgb[]>> = {
  dark: [
    [0, 0, 0],
    [30, 30, 30],
  ],
  light: [
    [255, 255, 255],
    [253, 246, 227],
  ],
};

/** @see xterm-256color: a cube of 6 × 6 × 6, then 24 greys */
function indexed(number: number): Rgb {
  if (number >= 232) return [8 + 10 * (number - 232), 8 + 10 * (number - 232), 8 + 10 * (number - 232)];
  const level = (place: number): number => [0, 95, 135, 175, 215, 255][Math.floor((number - 16) / 6 ** place) % 6]!;
  return [level(2), level(1), level(0)];
}

function rgbOf(code: string): Rgb {
  const [, kind, ...rest] = code.split(';').map(Number);
  return kind === 2 ? (rest as unknown as Rgb) : indexed(rest[0]!);
}

/** @see WCAG 2.2, relative luminance and contrast ratio */
function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The 16 colours are the terminal's own: no one knows them. */
const tones = (['dark', 'light'] as const).flatMap((background) =>
  ([2, 3] as const).flatMap((level) =>
    Object.entries(PALETTES[background][level]).flatMap(([tone, code]) =>
      code === '' ? [] : [{ background, level, tone, code }],
    ),
  ),
);
const isLine = ({ tone }: { readonly tone: string }): boolean => tone === 'faint' || tone === 'rule';

test.each(tones.filter((tone) => !isLine(tone)))(
  'on a $background background words in $tone can be read at level $level',
  ({ background, code }) => {
    for (const paper of BACKGROUNDS[background]) expect(contrast(rgbOf(code), paper)).toBeGreaterThanOrEqual(4.5);
  },
);

test.each(tones.filter(isLine))(
  'on a $background background $tone can be seen at level $level, and stays behind words',
  ({ background, code }) => {
    const ratio = contrast(rgbOf(code), BACKGROUNDS[background][0]!);
    expect(ratio).toBeGreaterThan(1.4);
    expect(ratio).toBeLessThan(4.5);
  },
);

test('no word stands in the colour of lines', () => {
  const lines = [PALETTES.dark[3].faint, PALETTES.dark[3].rule].map((code) => code.replace(/^38;/, ''));
  const theme = createTheme({ color: 3, glyphs: 'braille' });
  const state = reduceAll(initialState, [...recordedRun({ epochs: 2, stepsPerEpoch: 100, detailed: true })]);
  const size = { columns: 120, rows: 40 };
  for (const view of VIEWS)
    for (const { character, ink } of cellsOf(
      drawDashboard(state, size, { viewState: { ...initialViewState, view } }, theme),
      size,
    ).flat())
      if (lines.includes(ink)) expect(character).not.toMatch(/[\p{L}\p{N}]/u);
});
