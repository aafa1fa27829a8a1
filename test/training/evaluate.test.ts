import { EMPTY, from, lastValueFrom } from 'rxjs';
import { expect, test } from 'vitest';
import { batchesOf, batchOf, fakeEngine, scriptedSource } from '../../src/exports/testing.js';
import { pipeline } from '../../src/streams/pipeline.js';
import { evaluate } from '../../src/training/evaluate.js';
import { expectMarbles } from '../streams/marbles.js';

/** Batches of 3 and 1 images whose losses are 1/4 and 1. */
const uneven = [
  { ...batchOf(3), pixels: new Float32Array(12), target: new Float32Array(12).fill(0.5) },
  { ...batchOf(1), pixels: new Float32Array(4), target: new Float32Array(4).fill(1) },
];

test('gives the mean over items, not over batches', async () => {
  const engine = fakeEngine();
  await expect(lastValueFrom(from(uneven).pipe(evaluate(engine)))).resolves.toEqual({ loss: 1.75 / 4, items: 4 });
  expect(engine.evaluated).toEqual(uneven);
  expect(engine.trained).toEqual([]);
  expect(engine.disposed).toBe(false);
});

test('stands in a pipeline', async () => {
  const result = lastValueFrom(pipeline(scriptedSource(batchesOf(50, 20)), evaluate(fakeEngine())));
  await expect(result).resolves.toEqual({ loss: 0, items: 50 });
});

test('has no loss where there were no items', async () => {
  await expect(lastValueFrom(EMPTY.pipe(evaluate(fakeEngine())))).resolves.toEqual({ loss: Number.NaN, items: 0 });
});

test('fails with what the engine throws', async () => {
  const engine = fakeEngine();
  engine.dispose();
  await expect(lastValueFrom(from(uneven).pipe(evaluate(engine)))).rejects.toMatchObject({ code: 'ENGINE_DISPOSED' });
});

test('emits at completion only; passes errors and unsubscribing on', () => {
  const values = { a: batchOf(2), b: batchOf(1) };
  const cases = [
    ['-a-b-|', '^----!', '-----(r|)'],
    ['-a-#', '  ^--!', '  ---#'],
    ['-a-b-', ' ^---!', ' -----'],
  ] as const;
  expectMarbles(evaluate(fakeEngine()), values, cases, { r: { loss: 0, items: 3 } });
});
