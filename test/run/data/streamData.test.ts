import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MillraceEvent } from '../../../src/events/schema.js';
import type { RunInput } from '../../../src/run/config.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';
import { steeredRun } from '../interrupted.js';

const folder = temporaryFolder();

const frames = (count: number): Uint8Array => Uint8Array.from({ length: count * 16 }, (_, at) => (at * 37) % 256);

/** A camera: never at its end. */
async function* camera() {
  for (;;) yield frames(7);
}

const CAMERA: RunInput = { data: '-', shape: [4, 4, 1], architecture: { ...TINY_NETWORK }, batchSize: 10 };

function ofType<Type extends MillraceEvent['type']>(events: readonly MillraceEvent[], type: Type) {
  return events.filter((event): event is Extract<MillraceEvent, { type: Type }> => event.type === type);
}

test('an endless stream has epochs, tests and checkpoints, and ends by the epochs', async () => {
  const testData = join(folder, 'test.raw');
  writeFileSync(testData, frames(5));
  const output = join(folder, 'run');
  const events = await steeredRun({ ...CAMERA, epochItems: 25, epochs: 3, testData, output }, [], {
    stdin: camera(),
  });
  const [run] = ofType(events, 'run');
  expect(run).toMatchObject({
    epochs: 3,
    stepsPerEpoch: 3,
    dataset: { name: 'stdin', testItems: 5, shape: [4, 4, 1] },
  });
  expect(run?.config).toMatchObject({ shape: [4, 4, 1], epochItems: 25 });
  expect(ofType(events, 'epoch').map(({ epoch, step, testLoss }) => [epoch, step, typeof testLoss])).toEqual([
    [1, 3, 'number'],
    [2, 6, 'number'],
    [3, 9, 'number'],
  ]);
  expect(ofType(events, 'checkpoint').length).toBeGreaterThan(1);
  expect(existsSync(join(output, 'model.safetensors'))).toBe(true);
  expect(events.at(-1)).toMatchObject({ type: 'end', status: 'completed', steps: 9 });
  await expect(steeredRun({ resume: output })).rejects.toThrow('came from stdin, which passes once');
});

test('a stream that ends before its epochs has a shorter last one', async () => {
  const events = await steeredRun({ ...CAMERA, epochItems: 20, epochs: 9, output: false }, [], {
    stdin: [frames(30)] as never,
  });
  expect(ofType(events, 'epoch').map(({ epoch, step }) => [epoch, step])).toEqual([
    [1, 2],
    [2, 3],
  ]);
  expect(events.at(-1)).toMatchObject({ status: 'completed' });
});
