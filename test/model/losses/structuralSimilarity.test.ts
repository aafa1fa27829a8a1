import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImageShape } from '../../../src/model/losses/loss.js';
import { structuralSimilarity } from '../../../src/model/losses/structuralSimilarity.js';
import { structuralSimilarityLoss } from '../../../src/model/losses/structuralSimilarityLoss.js';
import { uniform } from '../../../src/random.js';
import { similarityGolden } from '../../fixtures/golden.js';

const side = fc.integer({ min: 1, max: 15 });
const anyShape: fc.Arbitrary<ImageShape> = fc.tuple(side, side, fc.integer({ min: 1, max: 3 }));
const fixed = { seed: 4, numRuns: 30 };

test.each(similarityGolden())("is scikit-image's for $shape", ({ shape, one, other, similarity }) => {
  expect(structuralSimilarity(one, other, shape)).toBeCloseTo(similarity, 12);
});

test('is 1 of the same images, less of others, and the same both ways round', () => {
  const law = fc.property(anyShape, fc.nat(), (shape, seed) => {
    const [one, other] = [imageOf(shape, seed), imageOf(shape, seed + 1)];
    expect(structuralSimilarity(one, one, shape)).toBe(1);
    expect(structuralSimilarity(one, other, shape)).toBeLessThan(1);
    expect(structuralSimilarity(other, one, shape)).toBeCloseTo(structuralSimilarity(one, other, shape), 12);
  });
  fc.assert(law, fixed);
});

test('takes the greatest odd window that fits along a short side', () => {
  // One place of a window of three: its weights are 1, e^(2/9), 1.
  const weight = Math.exp(-1 / (2 * 1.5 ** 2));
  const [edge, middle] = [weight / (1 + 2 * weight), 1 / (1 + 2 * weight)];
  const expected = 0.01 ** 2 / (middle ** 2 + 0.01 ** 2);
  const variance = 0.03 ** 2 / (middle - middle ** 2 + 0.03 ** 2);
  expect(edge).toBeLessThan(middle);
  const [dot, black] = [Float64Array.of(0, 1, 0), new Float64Array(3)];
  expect(structuralSimilarity(dot, black, [1, 3, 1])).toBeCloseTo(expected * variance, 12);
  // Of four there are two places: the second sees the dot at its edge.
  const second = 0.01 ** 2 / (edge ** 2 + 0.01 ** 2);
  const secondVariance = 0.03 ** 2 / (edge - edge ** 2 + 0.03 ** 2);
  const mean = (expected * variance + second * secondVariance) / 2;
  expect(structuralSimilarity(Float64Array.of(0, 1, 0, 0), new Float64Array(4), [1, 4, 1])).toBeCloseTo(mean, 12);
});

test('says exactly how little nearly the same images differ', () => {
  const shape = [12, 12, 1] as const;
  const one = imageOf(shape, 1);
  const near = one.map((value, at) => (at === 70 ? value + 1e-9 : value));
  const far = one.map((value, at) => (at === 70 ? value + 1e-6 : value));
  const ratio = structuralSimilarityLoss.ofImage(far, one, shape) / structuralSimilarityLoss.ofImage(near, one, shape);
  expect(ratio).toBeGreaterThan(0.99e6);
  expect(ratio).toBeLessThan(1.01e6);
});

test('has the gradient of its loss', () => {
  const law = fc.property(anyShape, fc.nat(), (shape, seed) => {
    const [output, target] = [imageOf(shape, seed), imageOf(shape, seed + 1)];
    const gradient = structuralSimilarityLoss.gradientOfImage(output, target, shape);
    for (let at = seed % 7; at < output.length; at += 41) {
      const lossAt = (shift: number) =>
        structuralSimilarityLoss.ofImage(
          output.map((value, place) => (place === at ? value + shift : value)),
          target,
          shape,
        );
      expect(gradient[at]).toBeCloseTo((lossAt(1e-6) - lossAt(-1e-6)) / 2e-6, 6);
    }
  });
  fc.assert(law, fixed);
});

function imageOf([height, width, channels]: ImageShape, seed: number): Float64Array {
  return Float64Array.from({ length: height * width * channels }, uniform(seed));
}
