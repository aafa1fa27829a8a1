// A variational latent: mean + e^(½ log-variance) ε, with the normal number ε of its place; its input is one pixel, means first. And the way
// back, which the gradient of the divergence is added to. One value after the other: latents are short.
import { exponential } from './exponential';
import { noiseCounters, noiseKey, noiseWords } from '../noise/noiseWord';
import { standardNormals } from '../noise/standardNormal';
import { gradientScale, Penalty } from './penalty';

export function sample(operation: usize, fromImage: i32, toImage: i32, first: i32): void {
  const v = changetype<Penalty>(operation);
  const latents = v.channels >> 1;
  for (let image = fromImage; image < toImage; image++) {
    const key = noiseKey(v.layer, first + image);
    let mean = v.values + image * v.imageStep;
    let output = v.output + image * v.outputImageStep;
    for (let place = 0; place < latents; place++) {
      const deviation = exponential(0.5 * <f64>load<f32>(mean + (latents << 2)));
      store<f32>(output, <f32>(load<f32>(mean) + deviation * standardNormal(v, key, place)));
      mean += 4;
      output += 4;
    }
  }
}

export function sampleGradient(operation: usize, fromImage: i32, toImage: i32, first: i32): void {
  const v = changetype<Penalty>(operation);
  const latents = v.channels >> 1;
  const scale = gradientScale(v);
  for (let image = fromImage; image < toImage; image++) {
    const key = noiseKey(v.layer, first + image);
    let mean = v.values + image * v.imageStep;
    let gradient = v.gradient + image * v.imageStep;
    let output = v.outputGradient + image * v.outputImageStep;
    for (let place = 0; place < latents; place++) {
      const deviation = exponential(0.5 * <f64>load<f32>(mean + (latents << 2)));
      const passed: f64 = load<f32>(output);
      const excess = 0.5 * (deviation * deviation - 1);
      store<f32>(gradient, <f32>(passed + scale * load<f32>(mean)));
      store<f32>(
        gradient + (latents << 2),
        <f32>(passed * 0.5 * deviation * standardNormal(v, key, place) + scale * excess),
      );
      mean += 4;
      gradient += 4;
      output += 4;
    }
  }
}

@inline
function standardNormal(v: Penalty, key: i32, place: i32): f64 {
  return f32x4.extract_lane(standardNormals(noiseWords(noiseCounters(key, place)), v.table), 0);
}
