import { expect, test } from 'vitest';
import { frameAt } from '../../src/dashboard/film/film.js';
import { speedOf } from '../../src/dashboard/performance/imagesPerSecond.js';
import { initialState, reduce, withLiveSample } from '../../src/dashboard/state.js';
import type { SampleEvent, StatsEvent } from '../../src/events/schema.js';
import { recordedRun } from '../fixtures/events.js';

const events = [...recordedRun({ epochs: 1, stepsPerEpoch: 120, end: undefined })];
const state = events.reduce(reduce, initialState);
const { run: _, seq: __, time: ___, ...sample } = events.findLast(({ type }) => type === 'sample') as SampleEvent;
const live = withLiveSample(state, { ...sample, step: 117, epoch: 1 });

test('a live sample is what is shown now, and in neither the film nor the log', () => {
  expect(frameAt(live.film, undefined)?.step).toBe(117);
  expect(frameAt(live.film, 100)?.step).toBe(100);
  expect([live.film.frames, live.log, live.step]).toEqual([state.film.frames, state.log, state.step]);
});

test('the next sample takes its place, and one that comes too late is not shown', () => {
  const next = reduce(live, { ...events.at(-1)!, ...sample, step: 120 } as SampleEvent);
  expect(frameAt(next.film, undefined)?.step).toBe(120);
  expect(withLiveSample(next, { ...sample, step: 119 }).film).toBe(next.film);
});

test('images a second leave out samples and tests', () => {
  const reading = (second: number, imagesPerSecond: number, otherMs: number): StatsEvent => {
    const phases = { dataMs: 0, forwardBackwardMs: 0, updateMs: 0, waitingMs: 0, otherMs };
    return { ...events[0]!, type: 'stats', elapsedMs: second * 1000, imagesPerSecond, phases, stages: [] };
  };
  const stats = [reading(1, 1000, 0), reading(2, 250, 750), reading(3, 1000, 750)];
  expect(speedOf(stats, 3000)).toBe(1000);
});
