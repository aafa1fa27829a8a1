import * as tf from '@tensorflow/tfjs-core';
import { noiseKey, noiseLayer, noiseWord, type TrainingMoment } from '../../layers/definition/trainingNoise.js';

/** A number for each value of a batch, from the random bits of its place. */
export function noiseTensor(
  shape: readonly number[],
  { name, training }: { readonly name: string; readonly training: TrainingMoment },
  draw: (word: number) => number,
): tf.Tensor {
  const [items = 0, ...item] = shape;
  const size = item.reduce((product, side) => product * side, 1);
  const values = new Float32Array(items * size);
  for (let at = 0; at < items; at++) {
    const key = noiseKey(training, noiseLayer(name), at);
    for (let place = 0; place < size; place++) values[at * size + place] = draw(noiseWord(key, place));
  }
  return tf.tensor(values, [...shape]);
}
