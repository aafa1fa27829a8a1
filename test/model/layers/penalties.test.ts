// Layers that add to the loss: what they take, and where they may stand.
import { expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { penaltyWeight } from '../../../src/model/layers/definition/penalty.js';

const flatten = { type: 'flatten' };
const dense = (units: number) => ({ type: 'dense', units });
const variational = { type: 'variational' };
const decoder = [dense(4), { type: 'reshape', targetShape: [2, 2, 1] }];
const network = (encoder: readonly object[], back: readonly object[] = decoder) =>
  checkArchitecture({ name: 'x', input: [2, 2, 1], encoder, decoder: back });

test('half of what comes to a variational layer are means, which are the latent', () => {
  const { latentShape, parameters } = network([flatten, dense(6), variational]);
  expect(latentShape).toEqual([3]);
  expect(parameters).toBe(4 * 6 + 6 + 3 * 4 + 4);
});

test.each<[string, readonly object[], (readonly object[])?]>([
  [
    'encoder.1 (variational): expected a variational layer only as the last of the encoder',
    [flatten, variational, dense(2)],
  ],
  [
    'decoder.0 (variational): expected a variational layer only as the last of the encoder',
    [flatten],
    [variational, ...decoder],
  ],
  ['encoder.2 (variational): expected a flat input of an even number of values', [flatten, dense(3), variational]],
  ['encoder.0 (variational): expected a flat input', [variational]],
  [
    'encoder.1 (dense): unknown key "klWeight". It is a key of variational. dense takes',
    [flatten, { ...dense(4), klWeight: 1 }],
  ],
  ['klWeight: expected a number from 0 to 1000000, found -1', [flatten, dense(4), { ...variational, klWeight: -1 }]],
  [
    'klWeight: expected a number from 0 to 1000000, found NaN',
    [flatten, dense(4), { ...variational, klWeight: Number.NaN }],
  ],
  [
    'klWarmUp: expected a whole number from 0 to 1000000, found 1.5',
    [flatten, dense(4), { ...variational, klWarmUp: 1.5 }],
  ],
  ['l1: expected a number from 0 to 1000000, found nothing', [flatten, dense(4), { type: 'activityRegularization' }]],
])('refuses: %s', (message, encoder, back) => {
  expect(() => network(encoder, back)).toThrow(message);
});

test('the weight of the divergence rises evenly, and is β beside a sum over the image', () => {
  const { penalty } = network([flatten, dense(4), { ...variational, klWeight: 2, klWarmUp: 4 }]).encoder[2]!;
  expect([0, 1, 3, 4, 100].map((step) => penaltyWeight(penalty!, step))).toEqual([0.125, 0.25, 0.5, 0.5, 0.5]);
});
