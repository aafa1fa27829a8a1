import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Backend } from '../../../src/model/engine.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { cases } from '../../fixtures/laws.js';

/** A few parameters: what is counted are tensors. */
export const small = checkArchitecture({
  name: 'small',
  input: [4, 4, 1],
  encoder: [
    { type: 'conv2d', filters: 2, kernelSize: 3, padding: 'same', activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 2 },
  ],
  decoder: [
    { type: 'upSampling2d', size: 2 },
    { type: 'conv2dTranspose', filters: 1, kernelSize: 3, padding: 'same', activation: 'sigmoid' },
  ],
});

/** TensorFlow.js frees nothing by itself: what an engine leaves behind stays forever. */
export function tensorTests(backend: Backend): void {
  describe(`the tensors of ${backend}`, () => {
    test('are as many after some steps as before', async () => {
      const engine = await createEngine({ network: small, backend });
      const batch = { pixels: new Float32Array(3 * 16).fill(0.5), target: new Float32Array(3 * 16), length: 3 };
      const before = tf.memory().numTensors;
      for (let step = 0; step < cases(500); step++) engine.trainStep(batch);
      engine.evaluate(batch);
      engine.decode(engine.encode(batch.pixels));
      expect(() => engine.reconstruct(new Float32Array(1))).toThrow();
      expect(tf.memory().numTensors).toBe(before);
    });

    test('are none of an engine that is not at work', async () => {
      const { numTensors, numBytes } = tf.memory();
      const engine = await createEngine({ network: small, backend });
      engine.trainStep({ pixels: new Float32Array(16), length: 1 });
      expect(tf.memory()).toMatchObject({ numTensors, numBytes });
      engine.dispose();
      expect(tf.memory()).toMatchObject({ numTensors, numBytes });
    });
  });
}
