import { expect, test } from 'vitest';
import { OptionError } from '../../../src/errors.js';
import { metric } from '../../../src/events/measurements/metric.js';

test('is the body of an event, without what is not said', () => {
  expect(metric('psnr', 18.25)).toEqual({ type: 'metric', name: 'psnr', value: 18.25 });
  expect(metric('psnr', Number.NaN, { unit: 'dB', split: 'test' })).toEqual({
    ...{ type: 'metric', name: 'psnr', value: Number.NaN },
    ...{ unit: 'dB', split: 'test' },
  });
});

test('refuses what has no name and what is no number', () => {
  expect(() => metric('', 1)).toThrow(OptionError);
  expect(() => metric('psnr', '18' as unknown as number)).toThrow(OptionError);
});
