// A user's models as one network: what goes in, what comes out, and its weights by name.
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ArchitectureError } from '../../../errors.js';
import type { Images, NamedTensors } from '../../engine.js';
import { formatShape, type LayerShape, shapeSize } from '../../layers/definition/layerShape.js';
import { toFloats } from '../toFloats.js';

/** One model, or an encoder and a decoder. */
export type Models = readonly [model: LayersModel] | readonly [encoder: LayersModel, decoder: LayersModel];

/** The shape of one item of what a model takes. @throws ArchitectureError where it takes several, or any size */
export function inputShape(model: LayersModel): LayerShape {
  return oneShape(model, 'input', model.inputs);
}

/** The shape of one item of what comes out at last. */
export function outputShape(models: Models): LayerShape {
  const last = models[models.length - 1]!;
  return oneShape(last, 'output', last.outputs);
}

function oneShape(
  { name }: LayersModel,
  side: 'input' | 'output',
  tensors: readonly { readonly shape: readonly (number | null)[] }[],
): LayerShape {
  const [first] = tensors;
  const shape = first?.shape.slice(1) ?? [];
  if (tensors.length === 1 && shape.length > 0 && shape.every((size) => size !== null && size >= 1))
    return shape as number[];
  throw new ArchitectureError({
    code: 'ARCHITECTURE_SHAPE',
    problem: `the model ${name}`,
    expected: `one ${side} of a fixed shape`,
    actual: tensors.length === 1 ? `[${first?.shape.join(', ')}]` : `${tensors.length} of them`,
    advice: 'Give it an inputShape without null, and one tensor in and out.',
  });
}

/**
 * @throws ArchitectureError `ARCHITECTURE_SHAPE` where images do not fit into the model, or, unless labels are learnt, what comes out
 *   has not as many values
 */
export function requireImages(models: Models, image: LayerShape, learnsLabels: boolean): void {
  const [first] = models;
  const taken = inputShape(first);
  const isFlat = taken.length === 1 && taken[0] === shapeSize(image);
  // A grey image may come without its channel.
  const isSame = [...taken, ...(taken.length === 2 ? [1] : [])].join() === image.join();
  if (!(isFlat || isSame)) throw otherShape(first, `an input of ${formatShape(image)}, as the images`, taken);
  const given = outputShape(models);
  if (learnsLabels || shapeSize(given) === shapeSize(image)) return;
  const last = models[models.length - 1]!;
  throw otherShape(last, `an output of ${formatShape(image)}, as the images, or the target labels`, given);
}

function otherShape({ name }: LayersModel, expected: string, actual: LayerShape): ArchitectureError {
  return new ArchitectureError({
    code: 'ARCHITECTURE_SHAPE',
    problem: `the model ${name}`,
    expected,
    actual: formatShape(actual),
    advice: 'Change its inputShape or its last layer, or give other data.',
  });
}

/** Items as a tensor that the model takes: bytes become 0..1. */
export function toInput(model: LayersModel, items: Images): tf.Tensor {
  const shape = inputShape(model);
  const floats = toFloats(items);
  return tf.tensor(floats, [floats.length / shapeSize(shape), ...shape]);
}

/** What the models make of items, one after the other. @param training as a layer such as dropout is told */
export function forward(models: Models, input: tf.Tensor, training: boolean): tf.Tensor {
  return models.reduce((x, model) => {
    const shape = inputShape(model);
    return model.apply(tf.reshape(x, [x.shape[0]!, ...shape]), { training }) as tf.Tensor;
  }, input);
}

/** The same without learning, portion by portion. */
export function predict(model: LayersModel, items: Images): Float32Array {
  return (model.predict(toInput(model, items)) as tf.Tensor).dataSync<'float32'>();
}

/** A weight in its place. */
export interface ModelWeight {
  /** Which part, the layer's place in it and what Keras calls it: `encoder.0.kernel`. */
  readonly name: string;
  readonly variable: tf.Variable;
}

/** All weights, those that are not trained included; a layer in both models has its own once. */
export function modelWeights(models: Models): readonly ModelWeight[] {
  const parts = models.length === 1 ? ['model'] : ['encoder', 'decoder'];
  const names = new Set<string>();
  const seen = new Set<tf.Tensor>();
  const weights: ModelWeight[] = [];
  for (const [part, model] of models.entries())
    for (const [index, layer] of model.layers.entries())
      for (const weight of layer.weights) {
        const variable = weight.read() as tf.Variable;
        if (seen.has(variable)) continue;
        seen.add(variable);
        const name = nameOf(`${parts[part]}.${index}`, weight.originalName, names);
        names.add(name);
        weights.push({ name, variable });
      }
  return weights;
}

/** Names that Keras counts through a process are left out; a model in a model may have the same one twice. */
function nameOf(place: string, originalName: string, taken: ReadonlySet<string>): string {
  const name = `${place}.${originalName.split('/').at(-1)}`;
  let free = name;
  for (let count = 1; taken.has(free); count++) free = `${name}.${count}`;
  return free;
}

/** Of all weights, those that an optimizer changes. */
export function trainable(models: Models, weights: readonly ModelWeight[]): readonly ModelWeight[] {
  const trained = new Set(models.flatMap((model) => model.trainableWeights.map((weight) => weight.read())));
  return weights.filter(({ variable }) => trained.has(variable));
}

/** Views or copies of the values, as the backend has them. */
export function read(weights: readonly ModelWeight[]): NamedTensors {
  return new Map(
    weights.map(({ name, variable }) => [name, { shape: variable.shape, data: variable.dataSync<'float32'>() }]),
  );
}

export function assign(variable: tf.Variable, data: Float32Array): void {
  variable.assign(tf.tensor(data, variable.shape, variable.dtype));
}

/** Layers that draw random numbers of their own in training: without a seed nothing can make them draw the same again. */
export function randomLayers(models: Models): readonly string[] {
  return models.flatMap((model) =>
    model.layers
      .filter(
        (layer) => /Dropout|GaussianNoise/.test(layer.getClassName()) && (layer.getConfig().seed ?? null) === null,
      )
      .map(({ name }) => name),
  );
}
