import { lastValueFrom, type OperatorFunction } from 'rxjs';
import { expect, test } from 'vitest';
import type { Batch } from '../../src/data/batch.js';
import { batchOf, fakeEngine } from '../../src/exports/testing.js';
import { addNoise } from '../../src/streams/operators/addNoise.js';
import { rebatch } from '../../src/streams/operators/rebatch.js';
import { shuffleBuffer } from '../../src/streams/operators/shuffleBuffer.js';
import { pipeline } from '../../src/streams/pipeline.js';
import type { Stage } from '../../src/streams/stage.js';
import { evaluate } from '../../src/training/evaluate.js';
import { train } from '../../src/training/train.js';

const batch = batchOf(2);
const without = ({ indices: _, ...rest }: Batch) => rest;
const bytesAsFloats = Float32Array.from(batch.pixels, (_, at) => 200 + at);

const borders: Record<string, Stage<Batch, unknown>> = {
  train: train(fakeEngine()),
  evaluate: evaluate(fakeEngine()) as OperatorFunction<Batch, unknown>,
  addNoise: addNoise({ seed: 1 }),
  rebatch: rebatch(3),
  shuffleBuffer: shuffleBuffer({ size: 3, seed: 1 }),
};

const damaged: readonly [unknown, RegExp][] = [
  [undefined, /^a batch: expected an object with pixels/],
  [
    { ...batch, pixels: [...batch.pixels] },
    /^batch\.pixels: expected a Uint8Array \(0\.\.255\) or .*, found a list of 8\./,
  ],
  [{ ...batch, pixels: batch.pixels.subarray(1) }, /^batch\.pixels: expected 8 values, as the shape says, found 7\./],
  [{ ...batch, target: new Uint8Array(3) }, /^batch\.target: expected 8 values/],
  [{ ...batch, shape: [2, 4, 1] }, /^batch\.shape: expected \[items, height, width, channels\]/],
  [{ ...batch, length: 3 }, /^batch\.length: expected shape\[0\], 2, found 3\./],
  [{ ...batch, labels: [1, 2] }, /^batch\.labels: expected a Uint8Array of 2, found a list of 2\./],
  [without(batch), /^batch\.indices: expected a Uint32Array of 2, found nothing\./],
  [{ ...batch, indices: new Uint8Array(2) }, /^batch\.indices: .*found a Uint8Array of 2\./],
  [{ ...batch, epoch: 0 }, /^batch\.epoch: expected a whole number, 1 or more, found 0\. Epochs count from 1\./],
  [{ ...batch, index: -1 }, /^batch\.index: expected a whole number, 0 or more, found -1\./],
];

test.each(Object.entries(borders))('%s refuses what is no batch, and names the field', async (_, stage) => {
  for (const [given, message] of damaged) {
    const running = lastValueFrom(pipeline([given as Batch], stage));
    await expect(running).rejects.toMatchObject({ code: 'BATCH' });
    await expect(running).rejects.toThrow(message);
  }
  await expect(lastValueFrom(pipeline([batch], stage))).resolves.toBeDefined();
});

test.each(['train', 'evaluate'])('%s refuses bytes in the place of floats', async (name) => {
  const running = lastValueFrom(pipeline([{ ...batch, pixels: bytesAsFloats }], borders[name]!));
  await expect(running).rejects.toThrow(
    'batch.pixels: expected floats 0..1, found 207. Give bytes 0..255 as a Uint8Array',
  );
  const bright = Float32Array.from(batch.pixels, () => 1.2);
  await expect(lastValueFrom(pipeline([{ ...batch, pixels: bright }], borders[name]!))).resolves.toBeDefined();
});
