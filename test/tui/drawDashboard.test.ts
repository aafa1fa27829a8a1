import fc from 'fast-check';
import { expect, test } from 'vitest';
import { initialState, reduceAll } from '../../src/dashboard/state.js';
import { uniform } from '../../src/random.js';
import { dashboardLayout, layOutDashboard } from '../../src/tui/drawDashboard.js';
import { createTheme } from '../../src/tui/theme/theme.js';
import { initialViewState, VIEWS } from '../../src/tui/viewState.js';
import { recordedRun } from '../fixtures/events.js';
import { cases } from '../fixtures/laws.js';
import { keptRun } from '../fixtures/runs.js';
import { taggedRun } from '../fixtures/taggedRun.js';

const theme = createTheme({ color: 3, glyphs: 'braille' });
const streams = [
  [...recordedRun({ epochs: 3, stepsPerEpoch: 100, detailed: true })],
  [...recordedRun({ epochs: 2, stepsPerEpoch: 60, sample: true })],
  keptRun('spikes'),
  [...taggedRun({ tags: 30 })],
];

const noise = (seed: number): Uint8Array => {
  const random = uniform(seed);
  return Uint8Array.from({ length: 784 }, () => 256 * random());
};

/** Events that come between two frames, and what the person changes meanwhile. */
const frames = fc.array(
  fc.record({
    events: fc.nat(80),
    view: fc.option(fc.constantFrom(...VIEWS), { nil: undefined, freq: 5 }),
    full: fc.boolean(),
    pinned: fc.option(fc.boolean(), { nil: undefined }),
    cursor: fc.option(fc.nat(300), { nil: undefined }),
    cost: fc.option(fc.double({ min: 0, max: 0.02, noNaN: true }), { nil: undefined }),
    question: fc.option(fc.constant('abandon' as const), { nil: undefined }),
  }),
  { maxLength: 12 },
);
const size = fc.constantFrom([240, 67], [120, 40], [80, 24], [60, 40], [40, 12], [20, 6]);

test('panels that are drawn anew in their places give the frame that laying all of it out gives', () => {
  fc.assert(
    fc.property(fc.constantFrom(...streams), size, frames, (stream, [columns = 0, rows = 0], moments) => {
      let time = 0;
      const draw = dashboardLayout(() => (time += 10_000));
      let [state, at, viewState] = [initialState, 0, initialViewState];
      for (const { events, cost, view = viewState.view, pinned = viewState.pinned, ...look } of moments) {
        state = reduceAll(state, stream.slice(at, at + events));
        at += events;
        viewState = { ...viewState, ...look, view, pinned };
        const shown = [state, { columns, rows }, { cost, viewState }, theme] as const;
        expect(draw(...shown)).toEqual({ ...layOutDashboard(...shown), waits: false });
      }
    }),
    { numRuns: cases(60) },
  );
});

test('large pictures change once a second or less, other panels at once; at the end of the run and for a key nothing waits', () => {
  let time = 0;
  const draw = dashboardLayout(() => time);
  const digits = Array.from({ length: 10 }, (_, seed) => noise(seed));
  const later = [...recordedRun({ epochs: 1, stepsPerEpoch: 200, digits })];
  const places = later.flatMap(({ type }, place) => (type === 'sample' ? [place] : []));
  const [two, three] = [2, 3].map((count) => reduceAll(initialState, later.slice(0, places[count]! + 1)));
  const size = { columns: 240, rows: 67 };
  const look = { viewState: initialViewState };
  draw(two!, size, look, theme);
  time = 100;
  // The dashboard hands in a copy each time.
  const early = draw(three!, size, { viewState: { ...initialViewState } }, theme);
  expect(early.waits).toBe(true);
  expect(early.frame).not.toEqual(layOutDashboard(two!, size, look, theme).frame);
  time = 10_000;
  expect(draw(three!, size, look, theme)).toEqual({ ...layOutDashboard(three!, size, look, theme), waits: false });
  time = 10_010;
  const asked = { viewState: { ...initialViewState, cursor: 50 } };
  expect(draw(three!, size, asked, theme).waits).toBe(false);
});

test('where only what drawing costs has changed, only the row that says it differs', () => {
  const draw = dashboardLayout();
  const state = reduceAll(initialState, streams[0]!.slice(0, 150));
  const at = { columns: 120, rows: 40 };
  const first = draw(state, at, { cost: 0.01 }, theme);
  const second = draw(state, at, { cost: 0.012 }, theme);
  const changed = second.frame.filter(({ text }, place) => text !== first.frame[place]?.text);
  expect(changed.map(({ row }) => row)).toEqual([38]);
});
