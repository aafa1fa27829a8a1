import { expect, test } from 'vitest';
import { inputBound } from '../../../src/dashboard/diagnosis/inputBound.js';
import { statsOf } from './events.js';

test('a training that waits says for whom', () => {
  const before = statsOf(100, { dataMs: 500 });
  const data = statsOf(200, { dataMs: 3000, forwardBackwardMs: 2500 });
  expect(inputBound({ stats: [before, data] })?.sentences[0]).toBe(
    'the training waits for data 50 % of the time: what comes before it is slow',
  );
  const readers = statsOf(200, { dataMs: 500, waitingMs: 4000, forwardBackwardMs: 1000 });
  expect(inputBound({ stats: [before, readers] })?.sentences[1]).toBe(
    'waits for readers of its events 80 % of the time',
  );
});

test('a stage that works all the time is what it waits for, whatever the source waits for', () => {
  const none = { items: 0, bytes: 0, waitingMs: 0, blockedMs: 0, dropped: 0 };
  const stages = [
    { ...none, name: 'data', busyMs: 1 },
    { ...none, name: 'augment', busyMs: 3900 },
    { ...none, name: 'train', busyMs: 1000 },
  ];
  const stats = [statsOf(1, {}), { ...statsOf(200, { waitingMs: 4000, forwardBackwardMs: 1000 }), stages }];
  expect(inputBound({ stats })?.sentences[0]).toBe(
    'the training waits for data 78 % of the time: the stage augment is slow',
  );
});

test('one that computes most of the time says nothing, nor one that has just begun, nor one without figures', () => {
  const busy = statsOf(200, { dataMs: 700, forwardBackwardMs: 4000, updateMs: 300 });
  expect(inputBound({ stats: [statsOf(100, {}), busy] })).toBeUndefined();
  expect(inputBound({ stats: [statsOf(100, {}), statsOf(110, { dataMs: 1000 })] })).toBeUndefined();
  expect(inputBound({ stats: [statsOf(100), statsOf(200)] })).toBeUndefined();
  expect(inputBound({ stats: [] })).toBeUndefined();
});
