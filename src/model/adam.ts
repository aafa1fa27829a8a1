import type { NamedTensors, OptimizerState } from './engine.js';

export const BETA_1 = 0.9;
export const BETA_2 = 0.999;
const EPSILON = 1e-8;

/** Adam before its first update. */
export function freshOptimizer(weights: NamedTensors): OptimizerState {
  return { step: 0, firstMoments: zerosLike(weights), secondMoments: zerosLike(weights) };
}

/**
 * One update, in place: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
 *
 * Moments and weights are float32, the arithmetic in between is float64. `tf.train.adam` adds ε to the uncorrected √v,
 * which is another optimizer in the first steps.
 * @returns the state with its step counted on; it shares its moments with the one that was given
 * @see Kingma and Ba, https://arxiv.org/abs/1412.6980, in the order of torch.optim.Adam
 */
export function adamUpdate(
  weights: NamedTensors,
  gradients: ReadonlyMap<string, Float32Array>,
  state: OptimizerState,
  learningRate: number,
): OptimizerState {
  const step = state.step + 1;
  const stepSize = learningRate / (1 - BETA_1 ** step);
  const correction = Math.sqrt(1 - BETA_2 ** step);
  for (const [name, { data: weight }] of weights) {
    const gradient = gradients.get(name)!;
    const first = state.firstMoments.get(name)!.data;
    const second = state.secondMoments.get(name)!.data;
    for (let i = 0; i < weight.length; i++) {
      const g = gradient[i]!;
      const m = BETA_1 * first[i]! + (1 - BETA_1) * g;
      const v = BETA_2 * second[i]! + (1 - BETA_2) * g * g;
      first[i] = m;
      second[i] = v;
      weight[i]! -= (stepSize * m) / (Math.sqrt(v) / correction + EPSILON);
    }
  }
  return { ...state, step };
}

function zerosLike(weights: NamedTensors): NamedTensors {
  return new Map([...weights].map(([name, { shape, data }]) => [name, { shape, data: new Float32Array(data.length) }]));
}
