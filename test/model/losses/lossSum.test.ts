import { expect, test } from 'vitest';
import { chooseLoss } from '../../../src/model/losses/lossOptions.js';
import { lossText, parseLoss } from '../../../src/model/losses/lossSum.js';

test.each([
  ['ssim', 'ssim', [['ssim', 1]]],
  ['mse+0.2*ssim', 'mse+0.2*ssim', [['mse', 1], ['ssim', 0.2]]], // biome-ignore format: one case a line
  ['  .50 * mse  + 1*bce+2.*mae', '0.5*mse+bce+2*mae', [['mse', 0.5], ['bce', 1], ['mae', 2]]], // biome-ignore format: one case a line
  ['1e-3*huber', '0.001*huber', [['huber', 0.001]]],
  ['1*mse', 'mse', [['mse', 1]]],
])('%j is %j', (text, canonical, terms) => {
  const parsed = parseLoss(text);
  expect(parsed.map(({ name, weight }) => [name, weight])).toEqual(terms);
  expect(lossText(parsed)).toBe(canonical);
  expect(parseLoss(canonical)).toEqual(parsed);
});

const EXPECTED = 'loss: expected mse, mae, huber, bce or ssim, or a sum of them such as mse+0.2*ssim, found';

test.each<[unknown, string]>([
  ['mean', `${EXPECTED} "mean". There is no loss "mean".`],
  ['sim', `${EXPECTED} "sim". Did you mean ssim?`],
  ['', `${EXPECTED} "". A name is missing.`],
  ['mse+', `${EXPECTED} "mse+". A name is missing.`],
  ['mse+mae+0.2*mse', `${EXPECTED} "mse+mae+0.2*mse". mse stands there twice: add up its weights.`],
  ['mse*0.2', `${EXPECTED} "mse*0.2". There is no loss "0.2".`],
  ['-1*mse', 'The weight of mse is a number from 0.000001 to 1000000, not "-1".'],
  ['0*mse', 'The weight of mse is a number from 0.000001 to 1000000, not "0".'],
  ['1e9*mse', 'not "1e9".'],
  ['Infinity*mse', 'not "Infinity".'],
  ['*mse', 'not "".'],
  ['2*3*mse', 'In "2*3*mse" there is more than a weight and a name.'],
  [3, `${EXPECTED} 3. Give the name of a loss, such as 'mse'.`],
])('%j is no loss', (text, message) => {
  expect(() => parseLoss(text)).toThrow(message);
});

test('an option of one loss is for every sum that has it', () => {
  const options = { loss: 'mse+huber', huberDelta: 0.3 } as const;
  expect(chooseLoss(options).settings.huberDelta).toBe(0.3);
  expect(() => chooseLoss({ loss: 'mse+mae', huberDelta: 0.3 })).toThrow('expected nothing with the loss mse+mae');
});
