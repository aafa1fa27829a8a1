import { expect, test } from 'vitest';
import type { Architecture } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { preset } from '../../../src/model/presets/presets.js';
import { firstCases } from '../../fixtures/laws.js';
import { someBatch, someWeights } from '../simd/expectReference.js';
import type { EngineSuiteOptions } from './engineSuiteOptions.js';
import { firstGradients, relativeDifference } from './measure.js';
import { referenceStep } from './referenceGradients.js';

/** Images that a preset does not divide; those first in which most is padded and cropped. */
const sizes: readonly [name: string, ...input: Architecture['input']][] = [
  ['transpose', 5, 7, 1],
  ['unet', 5, 9, 1],
  ['denoise', 6, 9, 1],
  ['photo', 7, 5, 3],
  ['upsample', 9, 4, 1],
  ['transpose', 10, 4, 3],
  ['transpose', 13, 11, 2],
  ['upsample', 5, 5, 3],
  ['upsample', 8, 15, 1],
  ['denoise', 4, 4, 1],
  ['denoise', 8, 16, 3],
  ['denoise', 15, 13, 1],
  ['photo', 4, 9, 1],
  ['unet', 6, 7, 3],
  ['photo', 10, 11, 3],
];

/** Presets at sizes where they need borders: a step, against the float64 reference. */
export function sizeTests({ create, gradientTolerance }: EngineSuiteOptions): void {
  test.each(firstCases(sizes, 2))('trains the preset %s on images of %d×%d×%d', async (name, ...input) => {
    const network = checkArchitecture(preset(name, input));
    const weights = someWeights(network, 3);
    const batch = someBatch(network, { items: 3, seed: 4 });
    const expected = referenceStep(network, weights, batch);
    const engine = await create({ network, weights });
    expect(relativeDifference(engine.encode(batch.pixels), expected.latents)).toBeLessThan(gradientTolerance);
    expect(relativeDifference(engine.reconstruct(batch.pixels), expected.output)).toBeLessThan(gradientTolerance);
    expect(relativeDifference([engine.trainStep(batch)], [expected.loss])).toBeLessThan(gradientTolerance);
    const largest = Math.max(...[...expected.gradients.values()].flatMap((values) => [...values.map(Math.abs)]));
    for (const [weight, gradient] of firstGradients(engine))
      for (const [at, value] of gradient.entries())
        expect(Math.abs(value - expected.gradients.get(weight)![at]!), `${weight}[${at}]`).toBeLessThan(
          gradientTolerance * largest,
        );
  });
}
