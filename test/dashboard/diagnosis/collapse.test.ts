import { expect, test } from 'vitest';
import { collapse } from '../../../src/dashboard/diagnosis/collapse.js';
import { frameOf, runWith, trendOf, well } from './symptoms.js';

const inputs = [0, 50, 100, 200, 255];
const same = (step: number, output: number) =>
  frameOf(
    step,
    inputs.map((input) => [input, output] as const),
  );
const trend = trendOf([0.23, ...new Array(800).fill(0.1)]);

test('the same output for every input since the first sample that has it', () => {
  const found = collapse({ ...well, trend, samples: [same(0, 128), same(200, 30), same(400, 30), same(600, 30)] });
  expect(found).toMatchObject({ rule: 'collapse', severity: 'bad', step: 200 });
  expect(found?.sentences[1]).toBe('the output is the same for every input: it has stopped learning');
});

test('of a variational latent it is posterior collapse', () => {
  const samples = [same(0, 128), same(200, 30), same(400, 30)];
  const found = collapse({ ...well, run: runWith('variational'), trend, samples });
  expect(found?.advice[0]?.words).toContain('lower klWeight');
});

test('black is called black, and a high learning rate is named', () => {
  const samples = [same(200, 0), same(400, 0)];
  const found = collapse({ ...well, trend, samples, learningRate: 5 });
  expect(found?.sentences[0]).toBe(
    'the output is black for every input since step 200: the network has stopped learning (learning rate 5)',
  );
  expect(found?.advice[0]?.words).toContain('far below 5');
});

test('a network that has not begun to learn, one that gets on, and one that tells images apart have none', () => {
  const samples = [same(200, 30), same(400, 30)];
  expect(collapse({ ...well, samples, trend: trendOf(new Array(800).fill(0.23)) })).toBeUndefined();
  const falling = trendOf(Array.from({ length: 1000 }, (_, step) => 0.2 - step * 1e-4));
  expect(collapse({ ...well, samples, trend: falling })).toBeUndefined();
  const apart = frameOf(
    400,
    inputs.map((input) => [input, 100 + input / 20] as const),
  );
  expect(collapse({ ...well, samples: [same(200, 30), apart], trend })).toBeUndefined();
});
