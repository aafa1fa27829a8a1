// A user's models as the parts of an engine: plain arrays in, plain arrays out, no tensor left behind.
import * as tf from '@tensorflow/tfjs-core';
import { EngineError } from '../../../errors.js';
import type { EngineDefinition } from '../../defineEngine.js';
import type { TrainingBatch } from '../../engine.js';
import { requireItems } from '../../itemCount.js';
import type { LayerShape } from '../../layers/definition/layerShape.js';
import type { OptimizerName } from '../../optimizers/optimizers.js';
import { compute } from '../network.js';
import { toFloats } from '../toFloats.js';
import { givenOptimizer, learningRateOf } from './givenOptimizer.js';
import { accuracy, layersLoss } from './layersLoss.js';
import type { ChosenLayersModel } from './layersModelOptions.js';
import {
  assign,
  forward,
  type Models,
  modelWeights,
  outputShape,
  predict,
  randomLayers,
  read,
  requireImages,
  toInput,
  trainable,
} from './layersModels.js';
import { namedOptimizer } from './namedOptimizer.js';

/**
 * The definition of an engine that trains these models. Its state is theirs, and the optimizer's where that was given.
 * @param backend one that is loaded
 */
export function layersEngine(
  models: Models,
  options: ChosenLayersModel,
  image: LayerShape,
  backend: string,
): EngineDefinition {
  const { loss, target: compared, name } = options;
  const learnsLabels = compared === 'labels';
  requireImages(models, image, learnsLabels);
  const weights = modelWeights(models);
  const learning = trainable(models, weights);
  const chosen = options.optimizer as OptimizerName | tf.Optimizer;
  const optimizer =
    typeof chosen === 'string'
      ? compute(backend, () => namedOptimizer(chosen, learning))
      : givenOptimizer(chosen, learning);
  const lossOf = layersLoss(options);
  const outputs = outputShape(models);
  const classes = outputs.length === 1 && outputs[0]! > 1 ? outputs[0]! : undefined;
  const [first] = models;

  const targetOf = (batch: TrainingBatch): tf.Tensor => {
    const { pixels, target = pixels, length } = batch;
    requireItems(pixels, image, length);
    if (learnsLabels) return tf.tensor1d(labelsOf(batch, classes), 'int32');
    requireItems(target, image, length);
    return tf.tensor(toFloats(target), [length, ...outputs]);
  };

  const learn = (batch: TrainingBatch, learningRate: number): number => {
    const target = targetOf(batch);
    const input = toInput(first, batch.pixels);
    let value = Number.NaN;
    const cost = (): tf.Scalar => {
      const mean = lossOf(target, forward(models, input, true));
      [value] = mean.dataSync() as unknown as [number];
      // What a layer's regularizer asks for is minimised, too, and no part of the loss that is told.
      return models
        .flatMap((model) => model.calculateLosses())
        .reduce<tf.Scalar>((sum, more) => tf.add(sum, more), mean);
    };
    const { grads } = tf.variableGrads(
      cost,
      learning.map(({ variable }) => variable),
    );
    const gradients = learning.flatMap(({ name: weight, variable }) => {
      const gradient = grads[variable.name];
      return gradient ? [[weight, gradient] as const] : [];
    });
    optimizer.update(new Map(gradients), learningRate);
    return value;
  };

  const measure = (batch: TrainingBatch) => {
    const target = targetOf(batch);
    const output = forward(models, toInput(first, batch.pixels), false);
    const mean = lossOf(target, output).dataSync()[0]!;
    if (!(learnsLabels && classes !== undefined)) return { loss: mean };
    return { loss: mean, metrics: { accuracy: accuracy(target, output) } };
  };

  const random = randomLayers(models);
  const notSaved = [
    ...(optimizer.notSaved === undefined ? [] : [optimizer.notSaved]),
    ...(random.length > 0 ? [`the random numbers of ${random.join(', ')} (give it a seed)`] : []),
  ];
  const learningRate = options.learningRate ?? (typeof chosen === 'string' ? undefined : learningRateOf(chosen));
  const images = learnsLabels ? {} : imageParts(models, backend);
  return {
    name,
    backend,
    loss: typeof loss === 'function' ? 'custom' : loss,
    ...(learningRate !== undefined && { learningRate }),
    notSaved: notSaved.length === 0 ? undefined : notSaved.join(' and '),
    trainStep: (batch, rate) => compute(backend, () => learn(batch, rate)),
    evaluate: (batch) => compute(backend, () => measure(batch)),
    ...images,
    weights: () => compute(backend, () => read(weights)),
    setWeights: (tensors) =>
      compute(backend, () => {
        for (const { name: weight, variable } of weights) assign(variable, tensors.get(weight)!.data);
      }),
    optimizerState: () => compute(backend, () => optimizer.slots()),
    setOptimizerState: (slots, step) => compute(backend, () => optimizer.setSlots(slots, step)),
  };
}

/** What goes from images to images. */
function imageParts(models: Models, backend: string): Pick<EngineDefinition, 'encode' | 'decode' | 'reconstruct'> {
  const [first, decoder] = models;
  if (decoder === undefined) return { reconstruct: (images) => compute(backend, () => predict(first, images)) };
  return {
    encode: (images) => compute(backend, () => predict(first, images)),
    decode: (latents) => compute(backend, () => predict(decoder, latents)),
    reconstruct: (images) => compute(backend, () => predict(decoder, predict(first, images))),
  };
}

/** @throws EngineError `ENGINE_BATCH` where there are none, or one is no class of the model */
function labelsOf({ labels }: TrainingBatch, classes: number | undefined): Uint8Array {
  if (labels === undefined)
    throw new EngineError({
      code: 'ENGINE_BATCH',
      problem: 'the model learns labels',
      expected: 'batches with labels',
      actual: 'none',
      advice: "Give data with labels, such as memoryDataset({ shape, pixels, labels }), or take the target 'images'.",
    });
  const most = labels.reduce((greatest, label) => Math.max(greatest, label), 0);
  if (classes === undefined || most < classes) return labels;
  throw new EngineError({
    code: 'ENGINE_BATCH',
    problem: 'the model learns labels',
    expected: `labels from 0 to ${classes - 1}, as its output has ${classes} values`,
    actual: `the label ${most}`,
    advice: 'Give its last layer as many units as there are classes.',
  });
}
