import { createEngine } from '../../../src/model/node/createEngine.js';
import { isWhole } from '../../fixtures/laws.js';
import { engineSuite } from '../engine.suite.js';
import { tensorTests } from './tensorTests.js';

// 19 images a second: only where laws are tried whole, and of one preset no more than its first step. Elsewhere wasm stands for it.
const none = { blobs: 0, mnist: 0 };

if (isWhole)
  engineSuite('TensorFlow.js on cpu', {
    create: (options) => createEngine({ ...options, backend: 'cpu' }),
    gradientTolerance: 1e-4,
    lossTolerance: 2e-3,
    updates: { transpose: none, upsample: none, denoise: none },
    presets: ['transpose'],
  });

tensorTests('cpu');
