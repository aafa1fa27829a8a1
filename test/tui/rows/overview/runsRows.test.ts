import fc from 'fast-check';
import { expect, test } from 'vitest';
import { initialState, reduce } from '../../../../src/dashboard/state.js';
import { runRows, runsLine } from '../../../../src/tui/rows/overview/runsRows.js';
import { type Span, widthOf } from '../../../../src/tui/theme/theme.js';
import { initialViewState } from '../../../../src/tui/viewState.js';
import { recordedRun } from '../../../fixtures/events.js';

const [short, long] = [1, 2].map((epochs) =>
  [...recordedRun({ epochs, stepsPerEpoch: 1000 })].reduce(reduce, initialState),
);
const view = { runs: [short!, long!], runNames: ['first', 'the second'] };
const textOf = (spans: readonly Span[]): string => spans.map(([, text]) => text).join('');

test('a row a run, its figures below each other, the chosen one marked', () => {
  const rows = runRows({ ...view, viewState: { ...initialViewState, run: 1 } }, 80).map(textOf);
  expect(rows.map((row) => row.replace(/\d\.\d+/g, '0.00000'))).toEqual([
    '   ● first       transpose  step     1,000  loss 0.00000   test 0.00000 ',
    ' ▸ ● the second  transpose  step     2,000  loss 0.00000   test 0.00000 ',
  ]);
});

test('a run keeps its colour, whichever is chosen', () => {
  const tones = [0, 1].map((run) =>
    runRows({ ...view, viewState: { ...initialViewState, run } }, 80).map((row) => row[1]![0]),
  );
  expect(tones[0]).toEqual(tones[1]);
  expect(new Set(tones[0]).size).toBe(2);
});

test('names from outside cannot command the terminal', () => {
  const hostile = { runs: [short!, long!], runNames: ['\u001b[2Jx', 'y\u202e\n'] };
  expect(runRows(hostile, 80).map(textOf).join('')).not.toMatch(/\p{Cc}|\p{Cf}/u);
  expect(textOf(runsLine(hostile, 80))).not.toMatch(/\p{Cc}|\p{Cf}/u);
});

test('never wider than there is room', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 60 }), { minLength: 2, maxLength: 8 }),
      fc.integer({ min: 20, max: 200 }),
      fc.nat(9),
      (runNames, columns, run) => {
        const runs = runNames.map((_, place) => (place % 3 === 2 ? initialState : place % 2 === 0 ? short! : long!));
        const shown = { runs, runNames, viewState: { ...initialViewState, run } };
        for (const row of [...runRows(shown, columns), runsLine(shown, columns)])
          expect(widthOf(row)).toBeLessThanOrEqual(columns);
        expect(runRows(shown, columns)).toHaveLength(runs.length);
      },
    ),
  );
});
