import type { NamedTensors, OptimizerState } from '../engine.js';
import { clipFactor } from './clipFactor.js';
import type { ChosenOptimizer } from './optimizerOptions.js';

/** Gradients by the names of the weights. */
type Gradients = ReadonlyMap<string, Float32Array>;

/**
 * One update of all weights, in place: gradients are clipped, weights decay, the optimizer does the rest.
 * @returns the state with its step counted on; it shares its slots with the one that was given
 */
export function updateWeights(
  { optimizer, settings, clipNorm }: ChosenOptimizer,
  weights: NamedTensors,
  gradients: Gradients,
  state: OptimizerState,
  learningRate: number,
): OptimizerState {
  const step = state.step + 1;
  const { apply } = optimizer.update(settings, step, learningRate);
  const factor = clipNorm === undefined ? 1 : clipFactor(sumOfSquares(gradients), clipNorm);
  const { gradientDecay, weightFactor } = decayOf({ optimizer, settings }, learningRate);
  for (const [name, { data: weight }] of weights) {
    const given = gradients.get(name);
    // Running statistics have none.
    if (given === undefined) continue;
    const gradient = adjusted(given, weight, factor, gradientDecay);
    if (weightFactor !== 1) for (let i = 0; i < weight.length; i++) weight[i]! *= weightFactor;
    const slots = Object.values(state.slots).map((slot) => slot.get(name)!.data);
    apply(weight, gradient, slots);
  }
  return { ...state, step };
}

/** What weight decay adds to gradients for each weight, and what it leaves of weights. */
export function decayOf(
  { optimizer, settings: { weightDecay } }: Pick<ChosenOptimizer, 'optimizer' | 'settings'>,
  learningRate: number,
): { readonly gradientDecay: number; readonly weightFactor: number } {
  return optimizer.decays === 'weights'
    ? { gradientDecay: 0, weightFactor: 1 - learningRate * weightDecay }
    : { gradientDecay: weightDecay, weightFactor: 1 };
}

function sumOfSquares(gradients: Gradients): number {
  let sum = 0;
  for (const gradient of gradients.values()) for (const value of gradient) sum += value * value;
  return sum;
}

function adjusted(gradient: Float32Array, weight: Float32Array, factor: number, decay: number): Float32Array {
  if (factor === 1 && decay === 0) return gradient;
  return gradient.map((value, index) => value * factor + decay * weight[index]!);
}
