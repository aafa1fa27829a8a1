import { expect, test } from 'vitest';
import { bottleneckSentence } from '../../../src/dashboard/performance/bottleneckSentence.js';
import { speedOf } from '../../../src/dashboard/performance/imagesPerSecond.js';
import { recentPhases, stageShares } from '../../../src/dashboard/performance/stageShares.js';
import { initialState, reduce } from '../../../src/dashboard/state.js';
import type { MillraceEvent, StatsEvent } from '../../../src/events/schema.js';
import { recordedRun } from '../../fixtures/events.js';

type Times = readonly [works: number, waits: number, blocked: number];
const [run] = recordedRun();

function reading(elapsedMs: number, stages: Readonly<Record<string, Times>>, imagesPerSecond = 100): StatsEvent {
  return {
    ...run!,
    type: 'stats',
    elapsedMs,
    imagesPerSecond,
    rssBytes: 1e8,
    stages: Object.entries(stages).map(([name, [busyMs, waitingMs, blockedMs]]) => ({
      name,
      items: elapsedMs / 10,
      bytes: elapsedMs,
      busyMs,
      waitingMs,
      blockedMs,
      dropped: 0,
    })),
  };
}

const sentence = (stages: Readonly<Record<string, Times>>) => bottleneckSentence(stageShares([reading(1000, stages)]));

test('names the stage that works while the others wait for it', () => {
  expect(sentence({ data: [10, 60, 930], train: [870, 120, 10] })).toBe(
    'training is the bottleneck: data is blocked 93 % of the time',
  );
  expect(sentence({ data: [0, 100, 900], noise: [800, 200, 0], train: [100, 900, 0] })).toBe(
    'noise is the bottleneck: data is blocked 90 % of the time',
  );
});

test('names the source where all wait, and the readers where the last stage is blocked', () => {
  expect(sentence({ data: [10, 900, 90], train: [100, 900, 0] })).toBe(
    'the source is the bottleneck: training waits 90 % of the time',
  );
  expect(sentence({ data: [0, 100, 900], train: [100, 100, 800] })).toBe(
    'the readers of the events are the bottleneck: they block training 80 % of the time',
  );
});

test('says so where nothing is in the way, and nothing where nothing is known', () => {
  expect(sentence({ data: [300, 350, 350], train: [400, 200, 400] })).toMatch(/^no bottleneck/);
  expect(bottleneckSentence(stageShares([]))).toBeUndefined();
});

test('shares are those of the last ten seconds, not of the whole run', () => {
  const before = reading(100_000, { train: [0, 100_000, 0] });
  const middle = reading(105_000, { train: [5000, 100_000, 0] });
  const now = reading(110_000, { train: [10_000, 100_000, 0] });
  const [train] = stageShares([reading(1000, { train: [0, 1000, 0] }), before, middle, now]);
  expect(train).toMatchObject({ works: 1, waits: 0, itemsPerSecond: 100 });
});

test('phases are those of the last seconds as well', () => {
  const phases = { dataMs: 10, forwardBackwardMs: 80, updateMs: 5, waitingMs: 0, otherMs: 5 };
  const later = { dataMs: 110, forwardBackwardMs: 880, updateMs: 55, waitingMs: 0, otherMs: 55 };
  const both = [
    { ...reading(1000, {}), phases },
    { ...reading(2000, {}), phases: later },
  ];
  expect(recentPhases(both)).toEqual({ dataMs: 100, forwardBackwardMs: 800, updateMs: 50, waitingMs: 0, otherMs: 50 });
  expect(recentPhases(both.slice(0, 1))).toEqual(phases);
  expect(recentPhases([reading(1000, {})])).toBeUndefined();
});

test('the speed is the mean over five seconds of run time', () => {
  const readings = [1, 2, 3, 4, 5, 6].map((second) => reading(second * 1000, {}, second * 100));
  expect(speedOf(readings, 6000)).toBe(400);
  expect(speedOf(readings, 60_000)).toBeUndefined();
});

test('the speed stands still in a pause, which has readings without run time', () => {
  const paused = [reading(1000, {}, 300), reading(2000, {}, 500), reading(2000, {}, 0), reading(2000, {}, 0)];
  expect(speedOf(paused, 2000)).toBe(400);
});

test('a minute of readings and a thousand entries are kept', () => {
  const warning = { ...run!, type: 'warning', code: 'X', message: 'x' } as MillraceEvent;
  const readings = Array.from({ length: 200 }, (_, second) => reading(second * 1000, {}));
  const state = [run!, ...readings, ...Array<MillraceEvent>(1500).fill(warning)].reduce(reduce, initialState);
  expect(state.stats).toHaveLength(60);
  expect(state.stats.at(-1)).toBe(readings.at(-1));
  expect(state.log).toHaveLength(1000);
});
