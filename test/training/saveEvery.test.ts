// Saves that no one asks for: when they are due, and what happens to those that cannot be made at once.
import { lastValueFrom, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import type { Batch } from '../../src/data/batch.js';
import { fromIterable } from '../../src/data/fromIterable.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import { batchesOf, fakeEngine } from '../../src/exports/testing.js';
import { pipeline } from '../../src/streams/pipeline.js';
import { train } from '../../src/training/train.js';
import { TrainingPosition } from '../../src/training/trainingPosition.js';
import type { TrainOptions } from '../../src/training/trainOptions.js';

/** Epochs of three batches. */
const epochs = (count: number): Batch[] =>
  Array.from({ length: count }, (_, index) => batchesOf(6, 2, { epoch: index + 1 })).flat();

async function trained(options: TrainOptions, batches = epochs(3)): Promise<MillraceEvent[]> {
  return lastValueFrom(pipeline(fromIterable(batches), train(fakeEngine(), options)).pipe(toArray()));
}

/** A `save` that is done at once, and the steps that it was called at. */
function noted() {
  const steps: number[] = [];
  const save = async ({ step }: { readonly step: number }, requested: boolean) => {
    steps.push(step);
    return { type: 'checkpoint', path: `${step}`, bytes: 1, durationMs: 1, best: false, requested } as const;
  };
  return { steps, save };
}

test('come after so many updates, but not where the training ends', async () => {
  const { steps, save } = noted();
  const events = await trained({ save, saveEvery: 2, epochs: 2, stepsPerEpoch: 3 });
  expect(steps).toEqual([2, 4]);
  expect(events.filter(({ type }) => type === 'checkpoint')).toMatchObject([
    { requested: false },
    { requested: false },
  ]);
});

test('come after each epoch, when it has been told', async () => {
  const position = new TrainingPosition();
  const positions: object[] = [];
  const { save } = noted();
  const spy: typeof save = (at, requested) => {
    positions.push(position.state);
    return save(at, requested);
  };
  await trained({ save: spy, saveEvery: 'epoch', position, epochs: 3, stepsPerEpoch: 3 });
  expect(positions).toMatchObject([
    { epoch: 1, index: 3, closed: true, items: 6 },
    { epoch: 2, index: 3, closed: true, items: 6 },
  ]);
});

test('wait for the one before, and then take the state as it is: no two are written at a time', async () => {
  let [writing, most] = [0, 0];
  const steps: number[] = [];
  const save = async ({ step }: { readonly step: number }) => {
    steps.push(step);
    most = Math.max(most, ++writing);
    await new Promise((resolve) => setTimeout(resolve, 5));
    writing -= 1;
    return undefined;
  };
  await trained({ save, saveEvery: 1, stepsPerEpoch: 3 }, epochs(100));
  expect(most).toBe(1);
  expect(steps).toEqual([...steps].sort((one, other) => one - other));
});

test('that fail are warnings, and the next one is tried', async () => {
  let calls = 0;
  const { save } = noted();
  const failing: typeof save = async (at, requested) => {
    if (++calls === 1) throw new Error('full');
    return save(at, requested);
  };
  const events = await trained({ save: failing, saveEvery: 1, stepsPerEpoch: 3 }, epochs(3));
  expect(events).toContainEqual(
    expect.objectContaining({ code: 'CHECKPOINT', message: 'The checkpoint of step 1 failed: Error: full' }),
  );
  expect(events.some(({ type }) => type === 'checkpoint')).toBe(true);
});

test('a training that goes on from a place counts what was summed before into its epoch', async () => {
  const position = new TrainingPosition();
  position.goTo({ epoch: 2, index: 1, closed: false, lossSum: 10, items: 2, durationMs: 100 });
  const events = await trained({ position, stepsPerEpoch: 3 }, epochs(2).slice(4));
  const losses = events.flatMap((event) => (event.type === 'loss' ? [event.loss * event.items] : []));
  const epoch = events.find(({ type }) => type === 'epoch');
  expect(epoch).toMatchObject({ epoch: 2, trainLoss: losses.reduce((sum, loss) => sum + loss, 10) / 6 });
  expect(events[0]?.type).toBe('loss');
});

test('an epoch whose end was not told is ended first', async () => {
  const position = new TrainingPosition();
  position.goTo({ epoch: 1, index: 3, closed: false, lossSum: 12, items: 6, durationMs: 100 });
  const events = await trained({ position, stepsPerEpoch: 3 }, epochs(2).slice(3));
  expect(events[0]).toMatchObject({ type: 'epoch', epoch: 1, trainLoss: 2 });
});
