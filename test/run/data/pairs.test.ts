import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { encodeIdx } from '../../../src/data/idx/encoder.js';
import type { MillraceEvent } from '../../../src/events/schema.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';
import { steeredRun } from '../interrupted.js';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const JOB = { architecture: { ...TINY_NETWORK }, batchSize: 10 };

beforeAll(() => {
  const write = (name: string, items: number, of: (place: number) => number): void =>
    writeFileSync(
      at(name),
      encodeIdx(
        [items, 4, 4],
        Uint8Array.from({ length: items * 16 }, (_, place) => of(place)),
      ),
    );
  write('noisy', 20, (place) => (place * 37) % 256);
  write('black', 20, () => 0);
  write('white', 20, () => 255);
  write('noisy test', 5, (place) => (place * 53) % 256);
  write('black test', 5, () => 0);
});

const losses = (events: readonly MillraceEvent[]) =>
  events.flatMap((event) => (event.type === 'epoch' ? [[event.trainLoss, event.testLoss]] : []));

test('training, tests and samples compare with the targets', async () => {
  const input = { ...JOB, data: at('noisy'), testData: at('noisy test'), testTarget: at('black test'), epochs: 1 };
  const [black, white] = [
    await steeredRun({ ...input, target: at('black'), learningRate: 1e-9, output: false }),
    await steeredRun({ ...input, target: at('white'), learningRate: 1e-9, output: false }),
  ];
  const [[blackLoss = 0, testLoss = 0] = [], [whiteLoss = 0] = []] = [...losses(black), ...losses(white)];
  // Of one output y: y² and (1 − y)², whose roots have the sum 1 where it is the same everywhere.
  expect(Math.sqrt(blackLoss) + Math.sqrt(whiteLoss)).toBeGreaterThan(0.99);
  expect(testLoss).toBeCloseTo(blackLoss, 1);
  const sample = black.find((event) => event.type === 'sample');
  expect(Buffer.from(sample?.items[0]?.target ?? '', 'base64')).toEqual(Buffer.alloc(16));
});

test('a held-out share brings its targets along', async () => {
  const input = { ...JOB, data: at('noisy'), target: at('black'), holdOut: 0.25, epochs: 1 };
  const events = await steeredRun({ ...input, output: false });
  expect(events[0]).toMatchObject({ dataset: { items: 15, testItems: 5 } });
});

test('a resume wants the same targets', async () => {
  const output = at('run');
  await steeredRun({ ...JOB, data: at('noisy'), target: at('black'), epochs: 1, output });
  const other = steeredRun({ resume: output, epochs: 2, target: at('white') });
  await expect(other).rejects.toThrow(/training images with the digest/);
  const events = await steeredRun({ resume: output, epochs: 2 });
  expect(events.at(-1)).toMatchObject({ status: 'completed', epoch: 2 });
});

test('test images without targets are an error where they were asked for', async () => {
  const input = { ...JOB, data: at('noisy'), target: at('black'), output: false as const };
  await expect(steeredRun({ ...input, testData: at('noisy test') })).rejects.toThrow('Give them with --test-target.');
  await expect(steeredRun({ ...input, testTarget: at('black test') })).rejects.toThrow('of which there are none');
});
