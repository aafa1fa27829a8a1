import { expect, test } from 'vitest';
import { lossNameOf, lossTitle } from '../../src/dashboard/lossTitle.js';
import { LOSSES } from '../../src/model/losses/losses.js';

test('every loss has a title of its own, and one that is not known is a loss all the same', () => {
  const titles = LOSSES.map((loss) => lossTitle({ config: { loss } }));
  expect(new Set([...titles, lossTitle({ config: { loss: 'later' } })]).size).toBe(LOSSES.length + 1);
  expect(titles).not.toContain('loss');
});

test('a run that does not say is compared by its mean squared error', () => {
  expect(lossTitle(undefined)).toBe('mean squared error');
  expect(lossTitle({})).toBe('mean squared error');
});

test('what layers add to the loss is told, and is compared with no other loss', () => {
  const architecture = {
    name: 'both',
    input: [2, 2, 1] as [number, number, number],
    encoder: [{ type: 'flatten' }, { type: 'dense' }, { type: 'variational' }],
    decoder: [{ type: 'activityRegularization' }],
  };
  const run = { config: { loss: 'bce' }, architecture };
  expect(lossTitle(run)).toBe('binary cross-entropy + KL divergence + L1');
  expect(lossNameOf(run)).toBe('bce+kl+l1');
});

test('a sum is called by its names and weights', () => {
  expect(lossTitle({ config: { loss: 'mse+0.2*ssim' } })).toBe('mse + 0.2 ssim');
  expect(lossTitle({ config: { loss: 'mse+0.2*later' } })).toBe('loss');
});
