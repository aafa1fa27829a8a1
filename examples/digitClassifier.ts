// A classifier of digits: the labels of a batch reach the model, and its accuracy on the test images is drawn as a metric.
import '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { fromLayersModel, run } from 'millrace';

await setBackend('wasm');

const model = sequential();
model.add(layers.conv2d({ inputShape: [28, 28, 1], filters: 8, kernelSize: 3, strides: 2, activation: 'relu' }));
model.add(layers.flatten());
model.add(layers.dense({ units: 10, activation: 'softmax' }));

const engine = fromLayersModel(model, { loss: 'crossEntropy', optimizer: 'adam' });

await run({ limit: 2000, epochs: 3, output: false }, { engine }).forEach((event) => {
  if (event.type === 'metric') console.log(`epoch ${event.epoch}: ${event.name} ${event.value.toFixed(3)}`);
});
