import { expect, test } from 'vitest';
import { initialState, reduceAll } from '../../src/dashboard/state.js';
import { parseEvent } from '../../src/events/ndjson.js';
import type { EventBody, MillraceEvent } from '../../src/events/schema.js';
import { createStamp } from '../../src/events/stamp.js';
import type { UnknownEvent } from '../../src/events/unknownEvent.js';

const stamp = createStamp({ run: '20261123-120000-abcd', now: () => new Date(0), elapsedMs: () => 1 });
const at = (step: number, body: EventBody): MillraceEvent => stamp(body, { epoch: 1, step });
const metric = (name: string, step: number, split?: string): MillraceEvent =>
  at(step, { type: 'metric', name, value: step, ...(split !== undefined && { split }) });
const warning = (step: number): MillraceEvent => at(step, { type: 'warning', code: 'X', message: 'why' });

test('of metrics in a row each has one row in the log, its newest value', () => {
  const events = [1, 2, 3].flatMap((step) => [metric('a', step), metric('b', step), metric('b', step, 'test')]);
  const { log } = reduceAll(initialState, [...events, warning(3), metric('a', 4)]);
  expect(log.map(({ type, step }) => [type, step])).toEqual([
    ['metric', 3],
    ['metric', 3],
    ['metric', 3],
    ['warning', 3],
    ['metric', 4],
  ]);
});

test('what is told beside figures has a row with its beginning, each name one until something else happens', () => {
  const told = (step: number): MillraceEvent[] => [
    at(step, { type: 'image', name: 'batch', shape: [2, 3, 1], pixels: 'AAAAAAAA' }),
    at(step, { type: 'histogram', name: 'weights', edges: [-1, 0, 1], counts: [1, 2] }),
    at(step, { type: 'text', name: 'remark', text: `one\n  ${'two '.repeat(10_000)}` }),
    at(step, { type: 'configuration', values: { rate: 0.1, name: 'x' } }),
  ];
  const { log } = reduceAll(initialState, [...told(1), ...told(2), metric('a', 2), warning(2), ...told(3)]);
  const words = log.map((event) => (event.type === 'other' ? event.text.slice(0, 30) : event.type));
  const four = [
    'image batch  2×3×1',
    'histogram weights  2 bins, -1 ',
    'text remark  one two two two t',
    'configuration  rate 0.1  name ',
  ];
  expect(words).toEqual([...four, 'metric', 'warning', ...four]);
  expect(JSON.stringify(log).length).toBeLessThan(4000);
});

test('the state has the newest value of each metric, in the order of their first values', () => {
  const { metrics } = reduceAll(initialState, [metric('a', 1), metric('b', 1), metric('a', 2), metric('a', 1, 'test')]);
  expect(metrics.map(({ name, split, value }) => [name, split, value])).toEqual([
    ['a', undefined, 2],
    ['b', undefined, 1],
    ['a', 'test', 1],
  ]);
});

test('any number of names is kept in bounded memory', () => {
  const names = Array.from({ length: 1000 }, (_, index) => metric(`m${index}`, index));
  expect(reduceAll(initialState, names).metrics).toHaveLength(64);
});

test('an event of an unknown type is a row with its type and its own fields, in short', () => {
  const fields = {
    run: 'r',
    step: 7,
    elapsedMs: 500,
    song: 'la',
    loud: true,
    notes: [1, 2],
    by: { name: 'x' },
    none: null,
  };
  const event = parseEvent(JSON.stringify({ type: 'music', ...fields })) as UnknownEvent;
  expect(reduceAll(initialState, [event]).log).toEqual([
    {
      type: 'other',
      text: 'music  song la  loud true  notes [2]  by {…}  none null',
      time: '',
      epoch: 1,
      step: 7,
      elapsedMs: 500,
    },
  ]);
});

test('of the models that a run saves by itself the newest has a row, of those asked for each', () => {
  const saved = (step: number, requested = false): MillraceEvent =>
    at(step, {
      type: 'checkpoint',
      path: `${step}`,
      bytes: 1,
      durationMs: 1,
      best: false,
      ...(requested && { requested }),
    });
  const { log } = reduceAll(initialState, [saved(1), saved(2, true), warning(3), saved(4), saved(5, true), saved(6)]);
  expect(log.map(({ step }) => step)).toEqual([2, 3, 5, 6]);
});
