import type { ValueLoss } from '../losses/loss.js';

/** Over all values, summed in float64. */
export function meanLoss({ value }: Pick<ValueLoss, 'value'>, output: Float32Array, target: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < output.length; i++) sum += value(output[i]!, target[i]!);
  return sum / output.length;
}
