// Streams of others, or with their beginning or end missing: what is known of them is drawn, and the rest is no blank.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { initialState, reduceAll } from '../../src/dashboard/state.js';
import { parseEvent } from '../../src/events/ndjson.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import type { AnyEvent } from '../../src/events/unknownEvent.js';
import { drawDashboard } from '../../src/tui/drawDashboard.js';
import { summaryOf } from '../../src/tui/summary.js';
import { createTheme } from '../../src/tui/theme/theme.js';
import { initialViewState, VIEWS, type ViewName } from '../../src/tui/viewState.js';
import { recordedRun } from '../fixtures/events.js';
import { cases } from '../fixtures/laws.js';

const theme = createTheme({ color: 0, glyphs: 'braille' });
const least = {
  type: 'run',
  run: 'mine',
  dataset: { name: 'faces', shape: [28, 28, 1] },
  engine: { name: 'own' },
  epochs: 3,
};
const run = parseEvent(JSON.stringify(least)) as MillraceEvent;
const whole: readonly MillraceEvent[] = [...recordedRun({ detailed: true })];
const music = parseEvent('{"type":"music","song":"la"}') as AnyEvent;

function drawn(events: readonly AnyEvent[], view: ViewName, { columns, rows } = { columns: 120, rows: 40 }): string {
  const state = reduceAll(initialState, events);
  const shown = { watching: true, viewState: { ...initialViewState, view } };
  return drawDashboard(state, { columns, rows }, shown, theme)
    .map(({ text }) => text)
    .join('\n');
}

test('of a run event with five fields the header says all of it', () => {
  const text = drawn([run], 'overview');
  expect(text).toMatch(/millrace {2}faces · own +● running {2}epoch 1 of 3/);
  expect(drawn([run], 'network')).toContain('the events do not say of which layers the network is');
  expect(drawn([run], 'log')).toContain('run mine begins: faces');
});

test('losses without a run event are a chart, and a sentence says what is missing', () => {
  const losses = whole.filter(({ type }) => type === 'loss');
  const text = drawn(losses, 'overview');
  expect(text).toContain('● running  epoch 3');
  expect(text).toContain('these events do not say what is trained: no run event comes before them');
  expect(text).toMatch(/─ loss ─/);
  expect(text).toMatch(/─ now ─/);
  expect(drawn(losses, 'network')).toContain('the events do not say which network it is');
});

test('what is not known at all is in the log', () => {
  expect(drawn([music], 'log')).toContain('music  song la');
});

test('any part of a stream is drawn in any view at any size, and nothing is blank', () => {
  const part = fc.subarray([run, music, ...new Map(whole.map((event) => [event.type, event])).values()] as AnyEvent[], {
    minLength: 1,
  });
  const size = fc.record({ columns: fc.integer({ min: 20, max: 160 }), rows: fc.integer({ min: 6, max: 50 }) });
  fc.assert(
    fc.property(part, fc.constantFrom(...VIEWS), size, (events, view, terminal) => {
      expect(drawn(events, view, terminal)).toMatch(/[A-Za-z]/);
      expect(summaryOf(reduceAll(initialState, events), 'braille')).not.toBe('');
    }),
    { numRuns: cases(200) },
  );
});
