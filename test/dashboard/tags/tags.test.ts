import { expect, test } from 'vitest';
import { initialState, reduce, reduceAll } from '../../../src/dashboard/state.js';
import { imageSteps } from '../../../src/dashboard/tags/imageSteps.js';
import { lastTagStep } from '../../../src/dashboard/tags/tagHistory.js';
import { histogram } from '../../../src/events/measurements/histogram.js';
import { image } from '../../../src/events/measurements/image.js';
import { metric } from '../../../src/events/measurements/metric.js';
import { text } from '../../../src/events/measurements/text.js';
import type { EventBody, MillraceEvent } from '../../../src/events/schema.js';
import { createStamp } from '../../../src/events/stamp.js';
import { taggedRun } from '../../fixtures/taggedRun.js';

const stamp = createStamp({ run: 'a', now: () => new Date(0), elapsedMs: () => 1 });
const at = (step: number, body: EventBody): MillraceEvent => stamp(body, { epoch: 1, step });

test('figures that come at once give the state that they give one by one', () => {
  const events = [...taggedRun({ tags: 12 })];
  const [once, single] = [reduceAll(initialState, events), events.reduce(reduce, initialState)];
  expect([once.step, once.elapsedMs, once.metrics, once.log]).toEqual([
    single.step,
    single.elapsedMs,
    single.metrics,
    single.log,
  ]);
  expect([...once.tags.places]).toEqual([...single.tags.places]);
  expect(once.tags.figures.map(({ history }) => history.values)).toEqual(
    single.tags.figures.map(({ history }) => history.values),
  );
  expect(once.tags.configuration).toEqual({
    'model.name': 'mlp',
    'model.width': 64,
    'optimizer.name': 'adam',
    'optimizer.rate': 0.001,
    seed: 1,
  });
});

test('the images that something was measured on are the first part of its tag', () => {
  const { tags } = reduceAll(initialState, [at(1, metric('psnr', 20, { unit: 'dB', split: 'test' }))]);
  expect(tags.figures.map(({ name, unit }) => [name, unit])).toEqual([['test/psnr', 'dB']]);
});

test('a thousand tags are kept, and that there were more is known', () => {
  const events = Array.from({ length: 1200 }, (_, place) => at(place, metric(`m${place}`, place)));
  const { tags } = reduceAll(initialState, events);
  expect([tags.figures.length, tags.more]).toEqual([1000, true]);
});

test('pictures of any number and size are kept in bounded memory: the first, the newest, and some between', () => {
  const large = image('large', new Uint8Array(1024 * 1024), [1024, 1024, 1]);
  const events = Array.from({ length: 60 }, (_, step) => at(step, large));
  const many = Array.from({ length: 300 }, (_, place) => at(place, image(`i${place}`, Uint8Array.of(7), [1, 1, 1])));
  const { images } = reduceAll(initialState, [...events, ...many]).tags;
  expect([images.rows.length, images.more]).toEqual([100, true]);
  expect(images.bytes).toBeLessThanOrEqual(16 * 2 ** 20);
  const [row] = images.rows;
  expect([row!.items[0]!.step, row!.items.at(-1)!.step]).toEqual([0, 59]);
  expect(row!.items[0]).toMatchObject({ shape: [171, 171, 1], whole: [1024, 1024] });
}, 20_000);

test('histograms have at most 128 bins, and texts leave as they grow too many', () => {
  const bins = Array.from({ length: 1025 }, (_, edge) => edge);
  const words = 'x'.repeat(65_536);
  const { histograms, texts } = reduceAll(initialState, [
    at(0, histogram('h', bins, { bins })),
    ...Array.from({ length: 100 }, (_, step) => at(step, text('t', words))),
  ]).tags;
  const [kept] = histograms.rows[0]!.items;
  expect(kept!.counts).toHaveLength(128);
  expect(kept!.counts.reduce((sum, count) => sum + count, 0)).toBe(1025);
  expect([kept!.edges[0], kept!.edges[1], kept!.edges.at(-1)]).toEqual([0, 8, 1024]);
  expect(texts.bytes).toBeLessThanOrEqual(4 * 2 ** 20);
  expect(texts.rows[0]!.items.at(-1)!.step).toBe(99);
});

test('a resume forgets what came after its step', () => {
  const run = { type: 'run', dataset: { name: 'd', shape: [1, 1, 1] }, engine: { name: 'e' }, epochs: 1 } as EventBody;
  const measured = [0, 10, 20].flatMap((step) => [
    at(step, metric('m', step)),
    at(step, image('i', Uint8Array.of(1), [1, 1, 1])),
  ]);
  const state = reduceAll(initialState, [
    at(0, run),
    ...measured,
    at(10, { ...run, resumedFrom: { step: 10, checkpoint: 'c' } } as EventBody),
  ]);
  expect([lastTagStep(state.tags.figures[0]!.history), imageSteps(state.tags), state.tags.lastStep]).toEqual([
    10,
    [0, 10],
    10,
  ]);
});

test('what claims to be a picture or a histogram and is none is passed over', () => {
  const events = [
    at(0, { type: 'image', name: 'i', shape: [9, 9, 3], pixels: 'AAAA' }),
    at(0, { type: 'histogram', name: 'h', edges: [1], counts: [1, 2] }),
  ];
  const { images, histograms } = reduceAll(initialState, events).tags;
  expect([images.rows, histograms.rows]).toEqual([[], []]);
});
