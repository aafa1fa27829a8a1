// Whatever passes the check trains: every loss, latent and gradient of a first step, against a float64 reference.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Network } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { LOSSES } from '../../../src/model/losses/losses.js';
import { chooseLoss } from '../../../src/model/losses/lossOptions.js';
import type { LossText } from '../../../src/model/losses/lossSum.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { describePlan } from '../../../src/model/simd/plan/describePlan.js';
import { KERNELS } from '../../../src/model/simd/plan/memory/operations.js';
import { cases, isWhole } from '../../fixtures/laws.js';
import { anyNetwork } from '../engineSuite/anyNetwork.js';
import { firstGradients } from '../engineSuite/measure.js';
import { referenceStep } from '../engineSuite/referenceGradients.js';
import { numericalDerivatives } from '../engineSuite/referenceNetwork.js';
import { expectGradients, expectReference, someBatch, someWeights } from './expectReference.js';
import { normalizedNetworks } from './normalizedNetworks.js';
import { specialNetworks } from './specialNetworks.js';
import { wideNetwork } from './wideNetworks.js';

const fixed = { seed: 20, numRuns: cases(100) };
/** For whatever comes out of a network. */
const WITHOUT_SHARES = ['mse', 'mae', 'huber', 'ssim', 'mae+0.3*ssim'] as const;

test('computes loss, latents and every gradient of any network', async () => {
  const example = fc.record({
    items: fc.integer({ min: 1, max: 9 }),
    seed: fc.nat(1000),
    isDark: fc.boolean(),
    isDenoising: fc.boolean(),
  });
  await fc.assert(fc.asyncProperty(wideNetwork, example, expectReference), fixed);
});

test.each(specialNetworks)('computes $name', async (architecture) => {
  const network = checkArchitecture(architecture);
  await expectReference(network, { items: 5, seed: 9 });
  if (isWhole) await expectReference(network, { items: 11, seed: 10, isDark: true, isDenoising: true, threads: 2 });
});

test('computes the same with relaxed SIMD', async () => {
  const property = fc.asyncProperty(wideNetwork, (network) =>
    expectReference(network, { items: 3, seed: 11, relaxed: true }),
  );
  await fc.assert(property, { ...fixed, numRuns: cases(20) });
});

test('reaches every kernel of an update with these networks', () => {
  const special = [...specialNetworks, ...normalizedNetworks].map((network) => checkArchitecture(network));
  const kernels = (network: Network, loss: LossText = 'mse') =>
    describePlan(network, { loss }).map(({ kernel }) => kernel);
  const reached = new Set([
    ...[...special, ...fc.sample(wideNetwork, fixed)].flatMap((network) => kernels(network)),
    // The kernels of a loss depend on what comes last alone.
    ...special
      .slice(0, 5)
      .flatMap((network) => [...LOSSES, 'mse+ssim' as const].flatMap((loss) => kernels(network, loss))),
  ]);
  expect([...reached, 'storeImages', 'runningStatistics'].sort()).toEqual(Object.keys(KERNELS).sort());
});

test("computes TensorFlow.js's gradients", async () => {
  const property = fc.asyncProperty(wideNetwork, fc.constantFrom(...WITHOUT_SHARES), async (network, loss) => {
    const weights = someWeights(network, 7);
    const [simd, tfjs] = await Promise.all([
      createEngine({ network, weights, loss, engine: 'simd', threads: 1 }),
      createEngine({ network, weights, loss, backend: 'wasm' }),
    ]);
    const batch = someBatch(network, { items: 5, seed: 8 });
    expect(Math.abs(simd.trainStep(batch) / tfjs.trainStep(batch) - 1)).toBeLessThan(1e-4);
    expectGradients(firstGradients(simd), firstGradients(tfjs), 1e-4);
    for (const engine of [simd, tfjs]) engine.dispose();
  });
  await fc.assert(property, { ...fixed, numRuns: cases(12) });
});

test('is compared with what the loss does when a weight changes', () => {
  const property = fc.property(anyNetwork, (network) => {
    const weights = someWeights(network, 3);
    const batch = someBatch(network, { items: 2, seed: 4 });
    const { gradients } = referenceStep(network, weights, batch);
    const half = batch.pixels.length / 2;
    const items = [batch.pixels.slice(0, half), batch.pixels.slice(half)].map((item) => Float64Array.from(item));
    for (const [name, values] of gradients)
      for (let index = 0; index < values.length; index += 5) {
        const [low, high] = numericalDerivatives(network, weights, items, { name, index, loss: chooseLoss({}) });
        expect(values[index], `${name}[${index}]`).toBeGreaterThan(low - 1e-6);
        expect(values[index], `${name}[${index}]`).toBeLessThan(high + 1e-6);
      }
  });
  fc.assert(property, { ...fixed, numRuns: cases(10) });
});
