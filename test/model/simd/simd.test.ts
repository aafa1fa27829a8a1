import { createEngine } from '../../../src/model/node/createEngine.js';
import { cases, isWhole } from '../../fixtures/laws.js';
import { engineSuite } from '../engine.suite.js';

engineSuite('SIMD', {
  // A second thread takes longer to start than most of these tests, and changes no bit of them.
  create: (options) => createEngine({ ...(!isWhole && { threads: 1 }), ...options, engine: 'simd' }),
  gradientTolerance: 1e-5,
  lossTolerance: 1e-4,
  updates: {
    transpose: { blobs: 20, mnist: cases(200) },
    upsample: { blobs: 20, mnist: cases(200) },
    // Beyond some 120 updates this network amplifies the rounding of any float32 arithmetic past 1e-4.
    denoise: { blobs: 20, mnist: cases(110) },
  },
});
