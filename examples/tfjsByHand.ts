// A network written by hand in TensorFlow.js as the engine of a run: variables, a loss and an optimizer, as you would write them
// without Millrace. The optimizer's state is not given, so a resumed run would begin it anew.
import * as tf from '@tensorflow/tfjs-core';
// The gradients come with it.
import '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import { defineEngine, type Images, run, type TrainingBatch } from 'millrace';

tf.enableProdMode();
await tf.setBackend('cpu');

const byHand = defineEngine(({ architecture: { input } }, { seed }) => {
  const size = input[0] * input[1] * input[2];
  const variables = new Map([
    ['encoder', tf.variable(tf.randomNormal([size, 16], 0, 0.05, 'float32', seed))],
    ['decoder', tf.variable(tf.randomNormal([16, size], 0, 0.05, 'float32', seed + 1))],
  ]);
  const optimizer = tf.train.adam(0.001);

  const matrix = (images: Images) => {
    const pixels = tf.tensor2d(Float32Array.from(images), [images.length / size, size]);
    return images instanceof Uint8Array ? tf.div<tf.Tensor2D>(pixels, 255) : pixels;
  };
  const output = (images: Images) => {
    const latents = tf.relu(tf.matMul(matrix(images), variables.get('encoder') as tf.Variable<tf.Rank.R2>));
    return tf.sigmoid(tf.matMul(latents, variables.get('decoder') as tf.Variable<tf.Rank.R2>));
  };
  const loss = ({ pixels, target = pixels }: TrainingBatch) =>
    tf.mean(tf.squaredDifference(output(pixels), matrix(target))) as tf.Scalar;
  const number = (compute: () => tf.Scalar) => tf.tidy(compute).dataSync()[0]!;

  return {
    name: 'by hand',
    backend: tf.getBackend(),
    trainStep(batch, learningRate) {
      Object.assign(optimizer, { learningRate });
      return number(() => optimizer.minimize(() => loss(batch), true)!);
    },
    evaluate: (batch) => number(() => loss(batch)),
    reconstruct: (images) => tf.tidy(() => output(images)).dataSync<'float32'>(),
    weights: () =>
      new Map(
        [...variables].map(([name, variable]) => [
          name,
          { shape: variable.shape, data: variable.dataSync<'float32'>() },
        ]),
      ),
    setWeights: (tensors) => {
      for (const [name, { shape, data }] of tensors) variables.get(name)!.assign(tf.tensor(data, [...shape]));
    },
    dispose: () => tf.dispose([...variables.values()]),
  };
});

await run({ limit: 200, epochs: 2, output: false }, { engine: byHand }).forEach((event) => {
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: test loss ${event.testLoss?.toFixed(4)}`);
  if (event.type === 'end') console.log(`${event.status} after ${event.steps} steps`);
});
