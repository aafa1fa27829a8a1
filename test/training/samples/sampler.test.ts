import { expect, test } from 'vitest';
import { batchOf, fakeEngine } from '../../../src/exports/testing.js';
import { Sampler } from '../../../src/training/samples/sampler.js';
import { TrainingPosition } from '../../../src/training/trainingPosition.js';

/** A sampler every other update, of an engine that has made so many of them. */
async function after(updates: number, position: TrainingPosition) {
  const engine = fakeEngine();
  for (let step = 0; step < updates; step++) engine.trainStep(batchOf(2));
  const sampler = new Sampler(engine, { position, sampleEvery: 2 });
  await sampler.open(batchOf(2));
  return sampler;
}

function resumed(): TrainingPosition {
  const position = new TrainingPosition();
  position.goTo({ epoch: 1, index: 4, closed: false, lossSum: 0, items: 8, durationMs: 1 });
  return position;
}

test('a resumed training does not show again what it showed at the step that it begins with', async () => {
  expect((await after(4, resumed())).hasNews).toBe(false);
  expect((await after(3, resumed())).hasNews).toBe(true);
  expect((await after(4, new TrainingPosition())).hasNews).toBe(true);
});

test('a step is shown once', async () => {
  const sampler = await after(1, new TrainingPosition());
  expect(sampler.sample()).toMatchObject({ type: 'sample', items: [{ index: 0 }, { index: 1 }] });
  expect(sampler.hasNews).toBe(false);
});
