// A model of your own in TensorFlow.js as the engine of a run: encoder and decoder, a loss, an optimizer.
import '@tensorflow/tfjs-backend-wasm';
import { losses, setBackend, train } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { fromLayersModel, run } from 'millrace';

await setBackend('wasm');

const encoder = sequential();
encoder.add(layers.flatten({ inputShape: [28, 28, 1] }));
encoder.add(layers.dense({ units: 16, activation: 'relu' }));
const decoder = sequential();
decoder.add(layers.dense({ inputShape: [16], units: 784, activation: 'sigmoid' }));

const engine = fromLayersModel(encoder, decoder, { loss: losses.meanSquaredError, optimizer: train.adam(0.001) });

await run({ limit: 200, epochs: 2, output: false }, { engine }).forEach((event) => {
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: test loss ${event.testLoss?.toFixed(4)}`);
  if (event.type === 'end') console.log(`${event.status} after ${event.steps} steps`);
});
