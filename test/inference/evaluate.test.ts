import { afterAll, describe, expect, test } from 'vitest';
import { memoryDataset } from '../../src/data/dataset/memoryDataset.js';
import type { ImageScore } from '../../src/inference/imageScore.js';
import { Model } from '../../src/inference/model.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import { structuralSimilarity } from '../../src/model/losses/structuralSimilarity.js';
import { createEngine } from '../../src/model/node/createEngine.js';
import { preset } from '../../src/model/presets/presets.js';

describe('evaluate', async () => {
  const network = checkArchitecture(preset('transpose', [12, 12, 1]));
  const model = new Model(await createEngine({ network, threads: 1 }));
  afterAll(() => model.dispose());
  const pixels = Uint8Array.from({ length: 50 * 144 }, (_, at) => (at * 37 + (at >> 5)) % 256);
  const labels = Uint8Array.from({ length: 50 }, (_, at) => at % 3);
  const images = memoryDataset({ shape: [12, 12, 1], pixels, labels });

  test('sums up loss, PSNR and SSIM, by label too', async () => {
    const scores: ImageScore[] = [];
    const {
      items,
      loss,
      psnr,
      ssim,
      labels: byLabel,
    } = await model.evaluate(images.batches({ size: 7 }), {
      onScores: (some) => void scores.push(...some),
    });
    const losses = model.score(pixels);
    expect(scores.map((score) => [score.index, score.label, score.loss])).toEqual(
      Array.from(losses, (value, at) => [at, at % 3, expect.closeTo(value, 6)]),
    );
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const sorted = losses.toSorted();
    expect([items, loss.mean]).toEqual([50, expect.closeTo(mean([...losses]), 6)]);
    expect(loss.median / sorted[24]!).toBeCloseTo(1, 3);
    expect(loss.percentile95 / sorted[47]!).toBeCloseTo(1, 3);
    expect(loss.percentile99 / sorted[49]!).toBeCloseTo(1, 3);
    expect(psnr).toBeCloseTo(mean(Array.from(losses, (value) => 10 * Math.log10(1 / value))), 4);
    const unit = Float32Array.from(pixels.subarray(0, 144), (value) => value / 255);
    const first = structuralSimilarity(model.reconstruct(pixels.subarray(0, 144)), unit, [12, 12, 1]);
    expect(scores[0]!.ssim).toBeCloseTo(first, 6);
    expect(ssim).toBeCloseTo(mean(scores.map((score) => score.ssim!)), 6);
    expect(byLabel!.map(({ label, items }) => [label, items])).toEqual([
      [0, 17],
      [1, 17],
      [2, 16],
    ]);
  });

  test('gives the worst images, the worst first', async () => {
    const { worst } = await model.evaluate(images.batches({ size: 7 }), { worst: 4 });
    const losses = [...model.score(pixels)];
    const order = losses.map((_, at) => at).sort((one, other) => losses[other]! - losses[one]!);
    expect(worst.map(({ index }) => index)).toEqual(order.slice(0, 4));
    const [{ index, input, reconstruction }] = worst as [(typeof worst)[number]];
    expect([...input]).toEqual([...unitOf(index)]);
    expect(reconstruction).toEqual(model.reconstruct(pixels.subarray(index * 144, (index + 1) * 144)));
  });
  const unitOf = (index: number) =>
    Float32Array.from(pixels.subarray(index * 144, (index + 1) * 144), (value) => value / 255);

  test('refuses images of another shape, and ends on abort', async () => {
    const turned = memoryDataset({ shape: [9, 16, 1], pixels });
    await expect(model.evaluate(turned.batches())).rejects.toMatchObject({
      code: 'MODEL_INPUT',
      expected: expect.stringContaining('12×12×1'),
      actual: expect.stringContaining('9×16×1'),
      advice: expect.stringContaining('--resize 12x12 --channels 1'),
    });
    await expect(model.evaluate(images.batches(), { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow(
      'stop',
    );
    await expect(model.evaluate(images.batches(), { worst: 1.5 })).rejects.toMatchObject({ option: 'worst' });
  });
});
