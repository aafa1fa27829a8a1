import { createEngine } from '../../../src/model/node/createEngine.js';
import { isWhole } from '../../fixtures/laws.js';
import { engineSuite } from '../engine.suite.js';
import { tensorTests } from './tensorTests.js';

// 19 images a second: one preset where laws are tried whole, and no more than its first step.
const none = { blobs: 0, mnist: 0 };

engineSuite('TensorFlow.js on cpu', {
  create: (options) => createEngine({ ...options, backend: 'cpu' }),
  gradientTolerance: 1e-4,
  lossTolerance: 2e-3,
  updates: { transpose: none, upsample: none, denoise: none },
  presets: isWhole ? ['transpose'] : [],
});

tensorTests('cpu');
