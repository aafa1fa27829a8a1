// Windows that see nothing are not computed again: what an image comes to must not depend on the images before it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACTIVATIONS } from '../../../src/model/activations.js';
import type { Network } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { NamedTensors } from '../../../src/model/engine.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { cases } from '../../fixtures/laws.js';
import { firstGradients } from '../engineSuite/measure.js';
import { someWeights } from './expectReference.js';

const fixed = { seed: 20, numRuns: cases(20, 1) };

const layer = fc.record({
  filters: fc.constantFrom(1, 3, 4, 9, 13),
  kernelSize: fc.constantFrom(2, 3, 5, 8),
  activation: fc.constantFrom(...ACTIVATIONS),
});
const pool = { type: 'maxPooling2d', poolSize: 2 } as const;

/** Two poolings, of which the second can tell from the first where an image is empty. */
const network = fc.record({ side: fc.integer({ min: 12, max: 24 }), first: layer, second: layer }).map(
  ({ side, first, second }): Network =>
    checkArchitecture({
      name: 'pooled twice',
      input: [side, side, 1],
      encoder: [
        { type: 'conv2d', padding: 'same', ...first },
        pool,
        { type: 'conv2d', padding: 'same', ...second },
        pool,
        { type: 'flatten' },
      ],
      decoder: [
        { type: 'dense', units: side * side },
        { type: 'reshape', targetShape: [side, side, 1] },
      ],
    }),
);

/** Black images with a bright spot each, at any place. */
const spots = fc.array(fc.record({ x: fc.nat(10), y: fc.nat(11), value: fc.integer({ min: 0, max: 255 }) }), {
  minLength: 2,
  maxLength: 40,
});

test('an image comes to the same bits after any others as alone', async () => {
  const property = fc.asyncProperty(network, spots, async (network, places) => {
    const [side] = network.architecture.input;
    const images = places.map(({ x, y, value }) => {
      const pixels = new Uint8Array(side * side);
      pixels.set([value, value], y * side + x);
      return pixels;
    });
    const weights = someWeights(network, 1);
    const all = new Uint8Array(images.flatMap((image) => [...image]));
    const engine = await create(network, weights);
    const together = engine.reconstruct(all);
    engine.trainStep({ pixels: all, length: images.length });
    const learnt = engine.weights();
    const later = engine.reconstruct(all);
    engine.dispose();
    const [single, after] = [await create(network, weights), await create(network, learnt)];
    for (const [index, image] of images.entries()) {
      const own = (values: Float32Array) => values.subarray(index * side * side, (index + 1) * side * side);
      // White between two black ones leaves nothing that could be kept.
      single.reconstruct(new Uint8Array(side * side).fill(255));
      expect(single.reconstruct(image)).toEqual(own(together));
      expect(after.reconstruct(image)).toEqual(own(later));
    }
    single.dispose();
    after.dispose();
  });
  await fc.assert(property, fixed);
});

test('a batch has the same gradients whatever was computed before it', async () => {
  const property = fc.asyncProperty(network, spots, async (network, places) => {
    const [side] = network.architecture.input;
    const pixels = new Uint8Array(places.length * side * side);
    for (const [index, { x, y, value }] of places.entries()) pixels[(index * side + y) * side + x] = value;
    const batch = { pixels, length: places.length };
    const weights = someWeights(network, 2);
    const [fresh, used] = [await create(network, weights), await create(network, weights)];
    used.evaluate({ pixels: pixels.map((value) => 255 - value), length: places.length });
    used.reconstruct(pixels);
    expect(used.trainStep(batch)).toBe(fresh.trainStep(batch));
    expect(firstGradients(used)).toEqual(firstGradients(fresh));
    fresh.dispose();
    used.dispose();
  });
  await fc.assert(property, fixed);
});

function create(network: Network, weights: NamedTensors) {
  return createEngine({ network, weights, engine: 'simd', threads: 1 });
}
