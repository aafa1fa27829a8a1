import { describe } from 'vitest';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { cases } from '../../fixtures/laws.js';
import { engineSuite } from '../engine.suite.js';
import { small, tensorTests } from './tensorTests.js';

const loads = await createEngine({ network: small, backend: 'tensorflow' }).then(
  (engine) => engine.description.backend === 'tensorflow',
  () => false,
);

describe.skipIf(!loads)('native TensorFlow (where it loads: npm run tfjs-node:build)', () => {
  engineSuite('TensorFlow.js on tensorflow', {
    create: (options) => createEngine({ ...options, backend: 'tensorflow' }),
    gradientTolerance: 1e-4,
    lossTolerance: 2e-3,
    updates: {
      transpose: { blobs: 20, mnist: cases(200) },
      upsample: { blobs: 20, mnist: cases(40, 10) },
      denoise: { blobs: 20, mnist: cases(40, 10) },
    },
  });
  tensorTests('tensorflow');
});
