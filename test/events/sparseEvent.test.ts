import { describe, expect, test } from 'vitest';
import { eventSchema } from '../../src/events/schema.js';
import { completedEvent, sparseEvent } from '../../src/events/sparseEvent.js';

const before = { run: 'mine', epoch: 2, epochsDone: 2, step: 41, elapsedMs: 500 };
const completed = (value: unknown) => {
  const sparse = sparseEvent(value);
  return sparse && completedEvent(sparse, before);
};

describe('a loss with nothing else', () => {
  test.each([{ type: 'loss', loss: 0.3 }, { loss: 0.3 }])('%j is one step on, in the epoch after the last', (value) => {
    expect(completed(value)).toMatchObject({
      type: 'loss',
      run: 'mine',
      loss: 0.3,
      step: 42,
      epoch: 3,
      elapsedMs: 500,
    });
  });

  test('keeps what it does say', () => {
    const said = { loss: 'NaN', step: 7, epoch: 5, learningRate: 0.5, lr: 1 };
    expect(completed(said)).toMatchObject({ loss: Number.NaN, step: 7, epoch: 5, learningRate: 0.5, lr: 1 });
    expect(sparseEvent(said)?.missing).toEqual(['run', 'seq', 'time', 'elapsedMs', 'items']);
  });

  test('says what is wrong with it as what it does not say', () => {
    const wrong = {
      loss: 1,
      run: 'x',
      seq: 1,
      time: 'now',
      elapsedMs: 1,
      epoch: 0,
      step: -1,
      items: 2,
      learningRate: 1,
    };
    expect(sparseEvent(wrong)?.missing).toEqual(['epoch', 'step']);
  });
});

test('a run with epoch 0 begins all the same', () => {
  const run = {
    type: 'run',
    run: 'x',
    epoch: 0,
    epochs: 3,
    dataset: { name: 'd', shape: [1, 1, 1] },
    engine: { name: 'e' },
  };
  expect(sparseEvent(run)).toMatchObject({ event: { type: 'run', epochs: 3 }, missing: ['epoch'] });
});

test('the end of an epoch that has no number is that of the next one', () => {
  const epoch = { type: 'epoch', trainLoss: 1, printedLoss: 1, imagesPerSecond: 1, durationMs: 1 };
  expect(completed(epoch)).toMatchObject({ epoch: 3, step: 41 });
});

test.each([
  undefined,
  null,
  3,
  [],
  {},
  { loss: '0.3' },
  { type: 'loss' },
  { type: 'news', loss: 0.3 },
  { type: 'run', run: 'x', epochs: 3 },
  { type: 'metric', value: 3 },
])('%j is nothing that can be completed', (value) => {
  expect(sparseEvent(value)).toBeUndefined();
});

test('what is completed is a whole event', () => {
  expect(
    eventSchema.safeParse(JSON.parse(JSON.stringify({ ...completed({ loss: 1 }), learningRate: 1 }))).success,
  ).toBe(true);
});
