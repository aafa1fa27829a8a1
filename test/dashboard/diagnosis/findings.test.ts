import { expect, test } from 'vitest';
import { deadUnits } from '../../../src/dashboard/diagnosis/deadUnits.js';
import { findings } from '../../../src/dashboard/diagnosis/findings.js';
import { inputBound } from '../../../src/dashboard/diagnosis/inputBound.js';
import { addToTrend, emptyTrend } from '../../../src/dashboard/history/trend.js';
import { epochsOf, statsOf } from './events.js';

const latents = (images: number[][], step = 500) => ({ step, shape: [1, 2, 2], images });
const alive = Array.from({ length: 6 }, (_, image) => [image, 0, 2, image + 1]);
const dead = Array.from({ length: 6 }, (_, image) => [image, 0, 2, 0]);

test('a latent channel that is the same in every image carries nothing', () => {
  expect(deadUnits(latents(dead))).toMatchObject({ step: 500, tone: 'note' });
  expect(deadUnits(latents(dead))?.sentences[1]).toBe('1 of 2 latent channels carries nothing');
  expect(deadUnits(latents(alive))).toBeUndefined();
});

test('few images and a network that has learnt nothing yet are not judged', () => {
  expect(deadUnits(latents(dead.slice(0, 3)))).toBeUndefined();
  expect(deadUnits(latents(dead, 0))).toBeUndefined();
});

test('a training that waits says for whom', () => {
  const before = statsOf(100, { dataMs: 500 });
  const data = statsOf(200, { dataMs: 3000, forwardBackwardMs: 2500 });
  expect(inputBound([before, data])?.sentences[0]).toBe(
    'the training waits for data 50 % of the time: what comes before it is slow',
  );
  const readers = statsOf(200, { dataMs: 500, waitingMs: 4000, forwardBackwardMs: 1000 });
  expect(inputBound([before, readers])?.sentences[1]).toBe('waits for readers of its events 80 % of the time');
});

test('one that computes most of the time says nothing, nor one that has just begun, nor one without figures', () => {
  const busy = statsOf(200, { dataMs: 700, forwardBackwardMs: 4000, updateMs: 300 });
  expect(inputBound([statsOf(100, {}), busy])).toBeUndefined();
  expect(inputBound([statsOf(100, {}), statsOf(110, { dataMs: 1000 })])).toBeUndefined();
  expect(inputBound([statsOf(100), statsOf(200)])).toBeUndefined();
  expect(inputBound([])).toBeUndefined();
});

test('is silent on a run without symptoms, and says the most urgent first', () => {
  const well = { trend: emptyTrend, learningRate: 0.001, epochs: [], latents: undefined, stats: [] };
  expect(findings(well)).toEqual([]);
  const epochs = epochsOf(new Array(7).fill([0.02, 0.021]));
  const ill = {
    ...well,
    trend: addToTrend(emptyTrend, [{ step: 7, loss: Number.NaN }]),
    epochs,
    latents: latents(dead),
  };
  expect(findings(ill).map(({ tone, step }) => [tone, step])).toEqual([
    ['bad', 7],
    ['note', 700],
    ['note', 500],
  ]);
});
