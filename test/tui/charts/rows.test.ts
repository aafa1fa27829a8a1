import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linearTicks, logTicks } from '../../../src/tui/charts/axis.js';
import { drawBar } from '../../../src/tui/charts/bar.js';
import { drawRule } from '../../../src/tui/charts/rule.js';
import { firstThatFits, fitPieces, spread } from '../../../src/tui/lines/fit.js';
import { type Span, widthOf } from '../../../src/tui/theme.js';

const columns = fc.integer({ min: 0, max: 120 });
const line = fc.array(fc.tuple(fc.constantFrom('value' as const, 'label' as const), fc.string()), { maxLength: 4 });

test('a bar and a rule have exactly their columns', () => {
  fc.assert(
    fc.property(fc.double(), fc.string(), line, columns, (share, title, note, wide) => {
      expect(widthOf(drawBar(share, wide))).toBe(wide);
      expect(widthOf(drawRule(title, note, wide))).toBe(wide);
    }),
  );
});

test('a bar is full only when all is done', () => {
  const done = (share: number): number => drawBar(share, 10)[0]![1].length;
  expect([0, 0.05, 0.5, 0.999, 1, 2].map(done)).toEqual([0, 0, 5, 9, 10, 10]);
});

test('of several lines the first that fits is taken, the last one cut off where none does', () => {
  fc.assert(
    fc.property(fc.array(line), fc.integer({ min: 1, max: 60 }), (lines, wide) => {
      expect(widthOf(firstThatFits(lines, wide))).toBeLessThanOrEqual(wide);
    }),
  );
  const words = ['in many words', 'in words'].map((text): Span[] => [['value', text]]);
  expect([20, 10, 5].map((wide) => firstThatFits(words, wide)[0]![1])).toEqual(['in many words', 'in words', 'in w…']);
});

test('pieces of the highest rank leave first', () => {
  const pieces = ['a', 'bb', 'ccc'].map((text, rank) => ({ span: ['value', text] as const, rank: 2 - rank }));
  const shown = (wide: number): string =>
    fitPieces(pieces, wide)
      .map(([, text]) => text)
      .join('');
  expect([12, 11, 6, 2].map(shown)).toEqual(['a · bb · ccc', 'bb · ccc', 'ccc', '']);
});

test('left and right part stand at the ends of the row', () => {
  expect(
    spread([['value', 'ab']], [['label', 'c']], 8)
      .map(([, text]) => text)
      .join(''),
  ).toBe(' ab   c ');
});

test('a logarithmic axis has two labels at least, all within it', () => {
  const positive = fc.double({ min: 1e-12, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(positive, fc.double({ min: 1.1, max: 1e6, noNaN: true }), (low, factor) => {
      const ticks = logTicks(low, low * factor);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      for (const { value, label } of ticks) {
        expect(value >= low && value <= low * factor).toBe(true);
        expect(label.length).toBeLessThanOrEqual(5);
      }
    }),
  );
  expect(logTicks(0.008, 0.31).map(({ label }) => label)).toEqual(['0.01', '0.03', '0.10', '0.30']);
});

test('a linear axis has round labels, no more than it has room for', () => {
  expect(linearTicks(30, 8).map(({ label }) => label)).toEqual(['0', '5', '10', '15', '20', '25', '30']);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.integer({ min: 1, max: 20 }), (last, most) => {
      expect(linearTicks(last, most).length).toBeLessThanOrEqual(most + 1);
    }),
  );
});
