// A network's passes on one of TensorFlow.js's backends: plain arrays in, plain arrays out, no tensor left behind.
import * as tf from '@tensorflow/tfjs-core';
// Registers the gradients of TensorFlow.js's operations; the core has none.
import '@tensorflow/tfjs-layers';
import type { Architecture, NetworkLayer } from '../architecture.js';
import type { Backend, Images, NamedTensors } from '../engine.js';
import { isTrained, type WeightSpec } from '../layers/definition/layerDefinition.js';
import type { LayerShape } from '../layers/definition/layerShape.js';
import { shapeSize } from '../layers/definition/layerShape.js';
import { penaltyWeight } from '../layers/definition/penalty.js';
import type { TrainingMoment } from '../layers/definition/trainingNoise.js';
import { skippedName } from '../layers/layers.js';
import { batchGradient, batchLoss } from '../losses/batchLoss.js';
import type { ChosenLoss } from '../losses/lossOptions.js';
import type { BatchStatistics } from '../runningStatistics.js';
import { applyLayer } from './applyLayer.js';
import { weightedPenalty } from './meanPenalty.js';
import { outOfMemory } from './outOfMemory.js';
import { toFloats } from './toFloats.js';

/**
 * What layers make of whole items.
 * @param shape of one item
 */
export function infer(
  backend: Backend,
  layers: readonly NetworkLayer[],
  weights: NamedTensors,
  items: Images,
  shape: LayerShape,
): Float32Array {
  return compute(backend, () => {
    const { output } = forward(layers, toTensor(items, shape), upload(layers, weights));
    return output.dataSync<'float32'>();
  });
}

/**
 * The loss over all values, with what layers add to it, and its gradient with respect to every weight of these layers.
 * @param images `shape` of one of them; `compare` is the loss where it is not the squared error, and whether it is of logits
 */
export function lossAndGradients(
  backend: Backend,
  layers: readonly NetworkLayer[],
  weights: NamedTensors,
  images: {
    readonly pixels: Images;
    readonly target: Images;
    readonly shape: Architecture['input'];
    readonly compare: { readonly loss: ChosenLoss; readonly areLogits: boolean } | undefined;
    readonly training: TrainingMoment;
  },
): {
  readonly loss: number;
  readonly gradients: ReadonlyMap<string, Float32Array>;
  /** By the names of the layers that need some. */
  readonly statistics: ReadonlyMap<string, BatchStatistics>;
} {
  return compute(backend, () => {
    const pixels = toTensor(images.pixels, images.shape);
    const target = images.target === images.pixels ? pixels : toTensor(images.target, images.shape);
    const uploaded = upload(layers, weights, isTrained);
    const names = [...uploaded.keys()];
    const statistics = new Map<string, BatchStatistics>();
    const lossOf = (...tensors: tf.Tensor[]): tf.Scalar => {
      const current = new Map(names.map((name, index) => [name, tensors[index]!]));
      const observe = (layer: string, seen: BatchStatistics) => statistics.set(layer, seen);
      const { output, penalties } = forward(layers, pixels, current, images.training, observe);
      const { compare, shape } = images;
      const loss = compare ? lossOfOutput({ ...compare, shape }, output, target) : meanSquaredError(output, target);
      return penalties.reduce<tf.Scalar>((sum, penalty) => tf.add(sum, penalty), loss);
    };
    const { value, grads } = tf.valueAndGrads(lossOf)([...uploaded.values()]);
    const gradients = names.map((name, index) => [name, grads[index]!.dataSync<'float32'>()] as const);
    return { loss: value.dataSync()[0]!, gradients: new Map(gradients), statistics };
  });
}

/** On that backend; no tensor that is made meanwhile outlives it, but variables. */
export function compute<T>(backend: string, work: () => T): T {
  activate(backend);
  const engine = tf.engine();
  engine.startScope();
  try {
    return work();
  } catch (error) {
    dropTape(engine.state);
    throw isAbort(error) ? outOfMemory(error) : error;
  } finally {
    engine.endScope();
  }
}

/**
 * Makes a loaded backend the current one. TensorFlow.js has one for the whole process: engines of several backends live side
 * by side because each makes its own the current one at every call.
 */
function activate(backend: string): void {
  // Asynchronous by name only: a backend that has been initialised is current when the call returns.
  if (tf.getBackend() !== backend) void tf.setBackend(backend);
}

/** From C++ in WebAssembly; `WebAssembly.RuntimeError` is not a global in the types of Node. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'RuntimeError';
}

/** What a gradient that failed half-way would keep, and add to at every later operation. */
function dropTape(state: ReturnType<typeof tf.engine>['state']): void {
  for (const { saved } of state.activeTape ?? []) tf.dispose(saved);
  (state as { activeTape: unknown }).activeTape = null;
}

function forward(
  layers: readonly NetworkLayer[],
  input: tf.Tensor,
  weights: ReadonlyMap<string, tf.Tensor>,
  training?: TrainingMoment,
  observe?: (layer: string, statistics: BatchStatistics) => void,
): { readonly output: tf.Tensor; readonly penalties: readonly tf.Scalar[] } {
  const penalties: tf.Scalar[] = [];
  const outputs = new Map<string, tf.Tensor>();
  const apply = (x: tf.Tensor, layer: NetworkLayer) => {
    const { penalty } = layer;
    if (penalty && training) penalties.push(weightedPenalty(penalty, x, penaltyWeight(penalty, training.step)));
    const name = skippedName(layer.layer);
    // Of a decoder alone: what it reads of the encoder is the latent, its input.
    const skipped = name === undefined ? undefined : (outputs.get(name) ?? input);
    const tensors = layer.weights.map((weight) => weights.get(weight.name)!);
    const seen = observe && ((statistics: BatchStatistics) => observe(layer.name, statistics));
    const output = applyLayer(layer, { input: x, skipped }, tensors, training, seen);
    outputs.set(layer.name, output);
    return output;
  };
  return { output: layers.reduce(apply, input), penalties };
}

/** Image by image first, since a float32 sum over a whole batch loses digits. */
function meanSquaredError(output: tf.Tensor, target: tf.Tensor): tf.Scalar {
  return tf.mean(tf.mean(tf.square(tf.sub(output, target)), [1, 2, 3]));
}

/** In plain JavaScript, formula by formula, so that a loss is the same on every backend. */
export function lossOfOutput(
  { loss, ...how }: { readonly loss: ChosenLoss; readonly areLogits: boolean; readonly shape: Architecture['input'] },
  output: tf.Tensor,
  target: tf.Tensor,
): tf.Scalar {
  const wanted = target.dataSync<'float32'>();
  const mean = tf.customGrad((given) => {
    const batch = { output: (given as tf.Tensor).dataSync<'float32'>(), target: wanted, ...how };
    return {
      value: tf.scalar(batchLoss(loss, batch)),
      gradFunc: () => tf.tensor(Float32Array.from(batchGradient(loss, batch)), (given as tf.Tensor).shape),
    };
  });
  return mean(output) as tf.Scalar;
}

function upload(
  layers: readonly NetworkLayer[],
  weights: NamedTensors,
  isWanted: (spec: WeightSpec) => boolean = () => true,
): ReadonlyMap<string, tf.Tensor> {
  const names = layers.flatMap((layer) => layer.weights.filter(isWanted).map(({ name }) => name));
  return new Map(names.map((name) => [name, toWeight(weights.get(name)!)]));
}

function toWeight({ shape, data }: { readonly shape: readonly number[]; readonly data: Float32Array }): tf.Tensor {
  return tf.tensor(data, [...shape]);
}

function toTensor(items: Images, shape: LayerShape): tf.Tensor {
  const floats = toFloats(items);
  return tf.tensor(floats, [floats.length / shapeSize(shape), ...shape]);
}
