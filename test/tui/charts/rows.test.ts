import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawBar } from '../../../src/tui/charts/bar.js';
import { evenTicks, logTicks, wholeTicks } from '../../../src/tui/charts/loss/axis.js';
import { drawRule } from '../../../src/tui/charts/rule.js';
import { firstThatFits, fitPieces, spread } from '../../../src/tui/rows/fitWords.js';
import { type Span, widthOf } from '../../../src/tui/theme/theme.js';

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
      const ticks = logTicks(low, low * factor, 4);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      for (const { value, label } of ticks) {
        expect(value >= low && value <= low * factor).toBe(true);
        expect(label.length).toBeLessThanOrEqual(6);
      }
    }),
  );
  expect(logTicks(0.008, 0.31, 4).map(({ label }) => label)).toEqual(['0.01', '0.03', '0.10', '0.30']);
});

test('a logarithmic axis has more labels where there is room, and even ones where it spans less than a decade', () => {
  expect(logTicks(0.008, 0.31, 6).map(({ label }) => label)).toEqual(['0.01', '0.02', '0.05', '0.10', '0.20']);
  expect(logTicks(0.0081, 0.0094, 4).map(({ label }) => label)).toEqual(['0.0085', '0.0090']);
});

test('an even axis has two labels at least, all within it, that tell neighbours apart', () => {
  const value = fc.double({ min: -1e12, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(value, fc.double({ min: 0.05, max: 100, noNaN: true }), (low, share) => {
      const high = low + Math.max(1e-9, Math.abs(low)) * share;
      const ticks = evenTicks(low, high, 4);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      for (const tick of ticks) {
        expect(tick.value >= low && tick.value <= high).toBe(true);
        expect(tick.label.length).toBeLessThanOrEqual(6);
      }
    }),
  );
  expect(evenTicks(0, 0.25, 5).map(({ label }) => label)).toEqual(['0.00', '0.05', '0.10', '0.15', '0.20', '0.25']);
  expect(evenTicks(0.008119, 0.008161, 4).map(({ label }) => label)).toEqual(['.00812', '.00814', '.00816']);
});

test('whole numbers along an axis are round, no more than it has room for', () => {
  expect(wholeTicks(0, 30, 8)).toEqual([0, 5, 10, 15, 20, 25, 30]);
  expect(wholeTicks(4000, 5000, 5)).toEqual([4000, 4200, 4400, 4600, 4800, 5000]);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.integer({ min: 1, max: 20 }),
      (low, span, most) => {
        expect(wholeTicks(low, low + span, most).length).toBeLessThanOrEqual(most + 1);
      },
    ),
  );
});
