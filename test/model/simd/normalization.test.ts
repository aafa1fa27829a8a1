// Layers whose statistics span the batch: every gradient against a float64 reference, however images fall into shards and threads.
import { test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { expectReference } from './expectReference.js';
import { normalizedNetworks } from './normalizedNetworks.js';

test.each(normalizedNetworks)('computes $name', async (architecture) => {
  const network = checkArchitecture(architecture);
  // Of few values the gradients cancel each other but for a rest.
  const tolerance = 3e-5;
  await expectReference(network, { items: 5, seed: 9, tolerance });
  await expectReference(network, { items: 23, seed: 10, isDark: true, isDenoising: true, threads: 2, tolerance });
  await expectReference(network, { items: 4, seed: 11, threads: 4, tolerance });
});
