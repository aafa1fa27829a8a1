// How images lie in what a run trains on is part of the run: it decides what is learnt, and a resume keeps it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { lastValueFrom, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import { openData } from '../../../src/data/node/openData.js';
import { encodeNpyHeader } from '../../../src/data/npy/encoder.js';
import type { RunInput } from '../../../src/run/config.js';
import { run } from '../../../src/run/run.js';
import type { RunOptions } from '../../../src/run/runOptions.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';

const folder = temporaryFolder();
const data = join(folder, 'rows.npy');
const bytes = Buffer.concat([
  encodeNpyHeader('uint8', [40, 16]),
  Buffer.from(Array.from({ length: 640 }, (_, at) => (at * 37) % 256)),
]);
writeFileSync(data, bytes);
const shape = [4, 4, 1] as const;

const events = (input: RunInput, options: RunOptions = {}) =>
  lastValueFrom(run({ architecture: TINY_NETWORK, threads: 1, ...input }, options).pipe(toArray()));

test('rows of values are given a shape and turned, and a resume keeps both', async () => {
  const output = join(folder, 'run');
  const [first] = await events({ data, shape, transpose: true, epochs: 1, output });
  const turned = await openData({ data, shape, transpose: true });
  const straight = await openData({ data, shape });
  expect(first).toMatchObject({
    config: { shape: [4, 4, 1], transpose: true },
    dataset: { shape: [4, 4, 1], digest: await turned.train.digest() },
  });
  expect(await straight.train.digest()).not.toBe(await turned.train.digest());
  const resumed = await lastValueFrom(run({ resume: output, epochs: 2, shape, transpose: true }).pipe(toArray()));
  expect(resumed.at(-1)).toMatchObject({ type: 'end', status: 'completed' });
  await expect(lastValueFrom(run({ resume: output, epochs: 3, transpose: false }))).rejects.toThrow(
    /transpose true, not false/,
  );
});

test('a stream is turned, too', async () => {
  const images = Buffer.concat([encodeNpyHeader('uint8', [40, 4, 4]), bytes.subarray(-640)]);
  const losses = async (input: RunInput) => {
    const all = await events({ ...input, output: false }, { stdin: Readable.from([images]) });
    return all.flatMap((event) => (event.type === 'loss' ? [event.loss] : []));
  };
  const streamed = await losses({ data: '-', transpose: true });
  expect(streamed).toHaveLength(2);
  expect(streamed).toEqual(await losses({ data, shape, transpose: true, epochs: 1 }));
});
