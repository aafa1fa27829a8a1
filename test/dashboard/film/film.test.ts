import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addFrame, emptyFilm, FILM_BYTES, type Film, frameAt } from '../../../src/dashboard/film/film.js';
import type { Sample } from '../../../src/dashboard/film/filmFrame.js';
import { type DashboardState, initialState, reduce } from '../../../src/dashboard/state.js';
import type { MillraceEvent } from '../../../src/events/schema.js';
import { recordedRun } from '../../fixtures/events.js';
import { cases } from '../../fixtures/laws.js';

type SampleEvent = MillraceEvent & { type: 'sample' };
type WeightsEvent = MillraceEvent & { type: 'weights' };

const stateOf = (events: Iterable<MillraceEvent>): DashboardState => [...events].reduce(reduce, initialState);
const recorded = [...recordedRun({ epochs: 3, stepsPerEpoch: 100 })];
const sample = recorded.find(({ type }) => type === 'sample') as SampleEvent;
const weights = recorded.find(({ type }) => type === 'weights') as WeightsEvent;
const begun = stateOf(recorded.slice(0, 1));

const INPUT = new Uint8Array(100).fill(7);
const sampleAt = (step: number): Sample => ({
  split: 'test',
  epoch: 1,
  step,
  elapsedMs: step,
  shape: [10, 10, 1],
  latentShape: undefined,
  images: [
    {
      index: 0,
      label: undefined,
      loss: 0.1,
      input: INPUT.slice(),
      target: undefined,
      reconstruction: new Uint8Array(100).fill(step),
      latent: undefined,
    },
  ],
});
const filmOf = (steps: readonly number[], budget?: number): Film =>
  steps.reduce((film, step) => addFrame(film, sampleAt(step), 0.1, budget), emptyFilm);
const stepsOf = (film: Film): number[] => film.frames.map(({ step }) => step);
const gapsOf = (film: Film): number[] =>
  stepsOf(film).flatMap((step, place, steps) => (place > 0 ? step - steps[place - 1]! : []));

test('keeps every sample of a run with its figures, from before training to now', () => {
  const { film, sample } = stateOf(recorded);
  expect(stepsOf(film)).toEqual([0, 50, 100, 150, 200, 250, 300]);
  expect(film.frames[2]).toMatchObject({ number: 3, epoch: 1, step: 100, elapsedMs: 2000, latentShape: [7, 7, 4] });
  expect(film.frames[0]?.loss).toBeUndefined();
  expect(film.frames[2]?.loss).toBe(
    (recorded.find(({ type, step }) => type === 'loss' && step === 100) as { loss: number }).loss,
  );
  expect(film.frames[2]?.images[1]).toMatchObject({ label: 7, latent: { low: 0, high: 4 } });
  expect(sample).toBe(film.frames.at(-1));
});

test('stays within its budget, and evenly spaced, however long the run', () => {
  const budget = fc.integer({ min: 6000, max: 60_000 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 1000 }), budget, (count, every, bytes) => {
      const film = filmOf(
        Array.from({ length: count }, (_, place) => place * every),
        bytes,
      );
      const gaps = gapsOf(film);
      expect(film.bytes).toBeLessThanOrEqual(bytes);
      expect(stepsOf(film)[0]).toBe(0);
      expect(film.frames.at(-1)).toMatchObject({ step: (count - 1) * every, number: count });
      expect(new Set(gaps.slice(0, -1)).size).toBeLessThanOrEqual(1);
      expect(gaps.at(-1) ?? 0).toBeLessThanOrEqual(gaps[0] ?? 0);
    }),
  );
});

test('is as even as it can be where samples come irregularly', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 300 });
  // A frame is left out where it is nearer than `spacing`; the next may be as far as the gaps were before the film was thinned,
  // which were at most their own spacing, half of this one, and what came before that: 1 + ½ + ¼ + … and the samples' 50.
  const widest = (spacing: number): number => 2 * spacing + 50;
  fc.assert(
    fc.property(gaps, (steps) => {
      let step = 0;
      const film = filmOf([0, ...steps.map((gap) => (step += gap))], 12_000);
      const inside = gapsOf(film).slice(0, -1);
      for (const gap of inside) {
        expect(gap).toBeGreaterThanOrEqual(film.spacing);
        expect(gap).toBeLessThanOrEqual(widest(film.spacing));
      }
      expect(film.bytes).toBeLessThanOrEqual(12_000);
    }),
    { examples: [[[19, 19, 36, 2, 50, 19, 19, 19, 19, 19]]], numRuns: 200 },
  );
});

test('drops every second sample when the budget is exceeded', () => {
  const film = filmOf([0, 5, 10, 15, 20, 25, 30, 35, 40], 11_000);
  expect(stepsOf(film)).toEqual([0, 10, 20, 30, 40]);
  expect(film.frames.map(({ number }) => number)).toEqual([1, 3, 5, 7, 9]);
});

test('holds what does not change once', () => {
  const film = filmOf([0, 1, 2]);
  const [first, second] = film.frames.map(({ images }) => images[0]!);
  expect(second?.input).toBe(first?.input);
  expect(second?.reconstruction).not.toBe(first?.reconstruction);
});

test('a thousand epochs of samples are less than the budget', () => {
  const frames = Array.from({ length: cases(3000, 1000) }, (_, place) => ({ ...sample, step: place * 500 }));
  const { film } = frames.reduce(reduce, begun);
  expect(film.bytes).toBeLessThanOrEqual(FILM_BYTES);
  expect(film.frames.length).toBeGreaterThan(500);
});

test('shows the last sample at or before a step, the first before all, and the newest without a step', () => {
  const film = filmOf([10, 20, 30]);
  expect([0, 10, 19, 20, 1000, undefined].map((step) => frameAt(film, step)?.step)).toEqual([10, 10, 10, 20, 30, 30]);
  expect(frameAt(emptyFilm, 3)).toBeUndefined();
});

test('a resumed run cuts the film back to its checkpoint, a new one begins anew', () => {
  const state = stateOf(recorded);
  const run = recorded[0] as MillraceEvent & { type: 'run' };
  const resumed = reduce(state, {
    ...run,
    step: 120,
    resumedFrom: { step: 120, checkpoint: 'step-00000120.safetensors' },
  });
  expect(stepsOf(resumed.film)).toEqual([0, 50, 100]);
  expect(resumed.sample?.step).toBe(100);
  expect(reduce(state, run).film).toBe(emptyFilm);
});

test('a sample of an earlier step takes the place of all that came after it', () => {
  const again = reduce(stateOf(recorded), { ...sample, step: 150 });
  expect(stepsOf(again.film)).toEqual([0, 50, 100, 150]);
});

test.each(['before', 'after'])('filters that come %s the sample of their step belong to it', (when) => {
  const pair: MillraceEvent[] = [
    { ...sample, step: 50 },
    { ...weights, step: 50 },
  ];
  const { film } = (when === 'before' ? pair.toReversed() : pair).reduce(reduce, begun);
  expect(film.frames.at(-1)?.filters).toMatchObject({
    layer: 'encoder.0',
    shape: [16, 3, 3, 1],
    levels: { low: -0.6 },
  });
  const later = reduce({ ...begun, film }, { ...sample, step: 100 });
  expect(later.film.frames.at(-1)?.filters).toBeUndefined();
});

const [item] = sample.items;
test.each<[what: string, event: SampleEvent]>([
  ['of an absurd shape', { ...sample, shape: [99_999, 99_999, 1] }],
  ['without a pixel', { ...sample, shape: [0, 28, 1] }],
  ['of negative sides', { ...sample, shape: [-28, -28, 1] }],
  ['of sides that are not numbers', { ...sample, shape: [Number.NaN, 28, 1] }],
  ['with too few pixels', { ...sample, items: [{ ...item!, input: 'AAAA' }] }],
  ['with a target of another size', { ...sample, items: [{ ...item!, target: 'AAAA' }] }],
  ['with text that is not base64', { ...sample, items: [{ ...item!, input: '?'.repeat(1048) }] }],
  ['without images', { ...sample, items: [] }],
])('a sample %s is left out', (_, event) => {
  expect(reduce(begun, event).film).toBe(emptyFilm);
});

test.each([
  { latentShape: [99_999, 99_999, 99_999] },
  { latentShape: [7, 7, 5] },
  { latentShape: [7, 28] },
  { items: [{ ...item!, latent: { low: Number.NaN, high: 1, values: item!.latent!.values } }] },
])('a latent that does not fit is left out alone: %j', (wrong) => {
  const { film } = reduce(begun, { ...sample, ...wrong });
  expect(film.frames).toHaveLength(1);
  expect(film.frames[0]?.images[0]?.latent).toBeUndefined();
});

test.each([{ shape: [16, 3, 3, 2] }, { shape: [16, 9] }, { shape: [1e9, 3, 3, 1] }])(
  'filters that do not fit are left out: %j',
  (wrong) => {
    expect(reduce(begun, { ...weights, ...wrong }).film.filters).toBeUndefined();
  },
);

test('of images that are too large for the budget, the first ones are kept', () => {
  const side = 1000;
  const pixels = Buffer.alloc(side * side).toString('base64');
  const items = Array.from({ length: 10 }, () => ({ ...item!, input: pixels, reconstruction: pixels }));
  const { film } = reduce(begun, { ...sample, shape: [side, side, 1], items });
  expect(film.frames[0]?.images).toHaveLength(2);
});
