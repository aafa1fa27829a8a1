import { createEngine } from '../../../src/model/createEngine.js';
import { engineSuite } from '../zz.suite.js';

engineSuite('TensorFlow.js on wasm', {
  create: (options) => createEngine({ ...options, backend: 'wasm' }),
  gradientTolerance: 1e-4,
  lossTolerance: 2e-3,
  updates: { blobs: 20, mnist: 200 },
});
