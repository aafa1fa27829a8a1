import { createEngine } from '../../../src/model/node/createEngine.js';
import { cases, isWhole } from '../../fixtures/laws.js';
import { engineSuite } from '../engine.suite.js';
import { tensorTests } from './tensorTests.js';

engineSuite('TensorFlow.js on wasm', {
  create: (options) => createEngine({ ...options, backend: 'wasm' }),
  gradientTolerance: 1e-4,
  lossTolerance: 2e-3,
  updates: {
    transpose: { blobs: cases(20, 10), mnist: isWhole ? 200 : 0 },
    upsample: { blobs: cases(20, 10), mnist: isWhole ? 40 : 0 },
    denoise: { blobs: isWhole ? 20 : 0, mnist: isWhole ? 40 : 0 },
  },
});

tensorTests('wasm');
