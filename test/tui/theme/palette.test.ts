import { expect, test } from 'vitest';
import { PALETTES } from '../../../src/tui/theme/palette.js';

/** @see WCAG 2.2, relative luminance and contrast ratio */
function luminance(code: string): number {
  const [red = 0, green = 0, blue = 0] = code
    .split(';')
    .slice(2)
    .map((text) => Number(text) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrast = (one: number, other: number): number => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

const words = (['dark', 'light'] as const).flatMap((background) =>
  Object.entries(PALETTES[background][3]).flatMap(([tone, code]) => (code === '' ? [] : [{ background, tone, code }])),
);

test.each(words.filter(({ tone }) => tone !== 'faint' && tone !== 'rule'))(
  'on a $background background $tone can be read',
  ({ background, code }) => {
    expect(contrast(luminance(code), background === 'dark' ? 0 : 1)).toBeGreaterThan(3);
  },
);

test.each(words.filter(({ tone }) => tone === 'faint' || tone === 'rule'))(
  'on a $background background $tone can be seen, and stays behind words',
  ({ background, code }) => {
    const ratio = contrast(luminance(code), background === 'dark' ? 0 : 1);
    expect(ratio).toBeGreaterThan(1.4);
    expect(ratio).toBeLessThan(5);
  },
);
