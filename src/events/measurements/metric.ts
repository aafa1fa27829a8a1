import { OptionError } from '../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import type { EventBody } from '../schema.js';
import { requireMeasuredName } from './requireMeasuredName.js';

/** A `metric` event before it is stamped. */
export type MetricBody = Extract<EventBody, { type: 'metric' }>;

export interface MetricOptions {
  /** As it is written behind the value: dB, %, ms … @default none */
  readonly unit?: string;
  /** The images it was measured on: train, test … @default it is not said */
  readonly split?: string;
}

const OPTIONS: OptionNames<MetricOptions> = { unit: true, split: true };

/**
 * Something of your own that was measured, as the body of an event: `measure` puts it among the events of a training, a stamp
 * makes an event of it.
 *
 * @example
 * const testLoss = 0.01;
 * const { name, value, unit } = metric('psnr', -10 * Math.log10(testLoss), { unit: 'dB', split: 'test' });
 * console.log(name, value, unit); // psnr 20 dB
 *
 * @throws OptionError when the name is empty or the value is not of the type number; NaN and infinities are numbers
 */
export function metric(name: string, value: number, options: MetricOptions = {}): MetricBody {
  requireKnownOptions(options, OPTIONS);
  const { unit, split } = options;
  requireMeasuredName(name);
  if (typeof value !== 'number') throw new OptionError('value', value, 'a number');
  return { type: 'metric', name, value, ...(unit !== undefined && { unit }), ...(split !== undefined && { split }) };
}
