// How far variational latents are from the unit normal distribution: ½ Σ (μ² + σ² − 1 − log σ²).
import { loss } from '../shard';
import { exponential } from './exponential';
import { Penalty } from './penalty';

export function divergence(operation: usize, fromImage: i32, toImage: i32): void {
  const v = changetype<Penalty>(operation);
  const latents = v.channels >> 1;
  let total: f64 = 0;
  for (let image = fromImage; image < toImage; image++) {
    let p = v.values + image * v.imageStep;
    for (const end = p + (latents << 2); p != end; p += 4) {
      const mean: f64 = load<f32>(p), logVariance: f64 = load<f32>(p + (latents << 2));
      total += mean * mean + exponential(logVariance) - 1 - logVariance;
    }
  }
  store<f64>(loss + v.sum, load<f64>(loss + v.sum) + 0.5 * total);
}
