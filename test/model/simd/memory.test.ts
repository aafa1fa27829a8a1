import { expect } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { heldBytes } from '../../fixtures/heldBytes.js';
import { cases, wholeTest } from '../../fixtures/laws.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';

wholeTest('updates, however many, hold no more memory than none', async () => {
  const engine = await createEngine({ network: checkArchitecture(TINY_NETWORK), engine: 'simd', threads: 1 });
  const batch = { pixels: new Uint8Array(20 * 16).fill(7), target: new Float32Array(20 * 16), length: 20 };
  const work = (steps: number) => {
    for (let step = 0; step < steps; step++) {
      engine.trainStep(batch);
      engine.decode(engine.encode(batch.pixels));
      engine.evaluate(batch);
      if (step % 100 === 0) engine.profile!(batch);
      engine.setWeights(engine.weights());
      engine.setOptimizerState(engine.optimizerState());
    }
    return heldBytes();
  };
  work(30);
  const before = heldBytes();
  const steps = cases(2000);
  // The smallest object takes 16 bytes.
  expect(work(steps)).toBeLessThanOrEqual(before + 8 * steps);
  engine.dispose();
});
