import { expect, test } from 'vitest';
import type { Engine, NamedTensors, TrainingBatch } from '../../../src/model/engine.js';
import type { Golden } from '../../fixtures/golden.js';
import type { Create, EngineSuiteOptions } from './engineSuiteOptions.js';
import { firstGradients, relativeDifference } from './measure.js';

async function begin(reference: Golden, create: Create): Promise<Engine> {
  const { network, initial, learningRate } = reference;
  return create({ network, weights: initial, learningRate });
}

export function firstStepTests(vectors: () => Golden, { create, gradientTolerance }: EngineSuiteOptions): void {
  test("has PyTorch's first loss, gradients and weights", async () => {
    const reference = vectors();
    const engine = await begin(reference, create);
    const loss = engine.trainStep(batchOf(reference, 0, reference.batchSize));
    expect(relativeDifference([loss], [reference.firstLoss])).toBeLessThan(gradientTolerance);
    for (const [weight, gradient] of firstGradients(engine))
      expect(relativeDifference(gradient, reference.firstGradients.get(weight)!.data), weight).toBeLessThan(
        gradientTolerance,
      );
    expectWeights(engine, reference.weightsAfter1!);
  });

  test("has PyTorch's loss and gradients for an odd batch", async () => {
    const reference = vectors();
    const { from, items, loss: expected, gradients } = reference.oddBatch;
    const engine = await begin(reference, create);
    const loss = engine.trainStep(batchOf(reference, from, items));
    expect(relativeDifference([loss], [expected])).toBeLessThan(gradientTolerance);
    const found = firstGradients(engine);
    for (const [weight, values] of gradients)
      expect(relativeDifference(found.get(weight)!.subarray(0, values.length), values), weight).toBeLessThan(
        gradientTolerance,
      );
  });

  test("has PyTorch's latent and reconstruction", async () => {
    const reference = vectors();
    const engine = await begin(reference, create);
    const images = reference.images(0, 2);
    expect(relativeDifference(engine.encode(images), reference.latent.data)).toBeLessThan(gradientTolerance);
    expect(relativeDifference(engine.reconstruct(images), reference.reconstruction.data)).toBeLessThan(
      gradientTolerance,
    );
  });
}

export function updateTests(
  vectors: () => Golden,
  updates: number,
  { create, lossTolerance }: EngineSuiteOptions,
): void {
  test.skipIf(updates === 0)(`has PyTorch's losses over ${updates} updates, and its weights after 10`, async () => {
    const reference = vectors();
    const engine = await begin(reference, create);
    for (const [update, expected] of reference.losses.slice(0, updates).entries()) {
      const loss = engine.trainStep(batchOf(reference, update * reference.batchSize, reference.batchSize));
      expect(relativeDifference([loss], [expected]), `update ${update}`).toBeLessThan(lossTolerance);
      if (engine.step === 10) expectWeights(engine, reference.weightsAfter10);
    }
  });
}

function batchOf(reference: Golden, from: number, length: number): TrainingBatch {
  return { pixels: reference.images(from, length), length };
}

/** To a hundredth of an update. */
function expectWeights(engine: Engine, expected: NamedTensors): void {
  const found = engine.weights();
  for (const [name, { shape, data }] of expected) {
    expect(found.get(name)!.shape).toEqual(shape);
    expect(Math.max(...data.map((value, index) => Math.abs(value - found.get(name)!.data[index]!))), name).toBeLessThan(
      engine.learningRate / 100,
    );
  }
}
