// An optimizer of `tf.train`, which belongs to the user. Its state is read from its fields: `getWeights` is asynchronous, leaves
// Adam's running powers of beta out (and `setWeights` makes other bits of them), and is not there for Adamax.
import * as tf from '@tensorflow/tfjs-core';
import { WeightsError } from '../../../errors.js';
import type { NamedTensors, OptimizerSlots, Tensor } from '../../engine.js';
import { isSlotName } from '../../optimizers/slotNames.js';
import { assign, type ModelWeight } from './layersModels.js';
import type { LayersOptimizer } from './layersOptimizer.js';

/** As TensorFlow.js's optimizers keep what they remember of a weight: a list in the order of the weights, empty before the first update. */
interface Remembered {
  readonly originalName: string;
  readonly variable: tf.Variable;
}

type Fields = Record<string, unknown>;

/** In a slot that is one number for all weights. */
const SHARED = 'all';

export function givenOptimizer(optimizer: tf.Optimizer, weights: readonly ModelWeight[]): LayersOptimizer {
  const fields = optimizer as unknown as Fields;
  return {
    notSaved: unknownFields(fields),
    update(gradients, learningRate) {
      setLearningRate(optimizer, learningRate);
      // All of them, so that a place in its lists is always the same weight's.
      optimizer.applyGradients(
        weights.map(({ name, variable }) => ({ name: variable.name, tensor: gradients.get(name)! })),
      );
    },
    slots: () =>
      Object.fromEntries(
        Object.entries(fields).flatMap(([field, value]): [string, NamedTensors][] => {
          if (!isSlotName(field)) return [];
          if (value instanceof tf.Variable) return [[field, new Map([[SHARED, tensorOf(value)]])]];
          return isRemembered(value) ? [[field, rememberedTensors(value, weights)]] : [];
        }),
      ),
    setSlots(slots, step) {
      requireFields(fields, slots);
      // For its own `getWeights`.
      fields.iterations_ = step;
      for (const [field, tensors] of Object.entries(slots)) {
        const value = fields[field];
        if (value instanceof tf.Variable) assign(value, tensors.get(SHARED)!.data);
        else if (isRemembered(value)) fields[field] = remember(field, value, tensors, weights);
      }
    },
  };
}

/** The one that it has been made with. */
export function learningRateOf(optimizer: tf.Optimizer): number | undefined {
  const { learningRate } = optimizer as unknown as Fields;
  return typeof learningRate === 'number' && learningRate > 0 ? learningRate : undefined;
}

/** SGD keeps a tensor of it. (`instanceof` is true for all optimizers there.) */
function setLearningRate(optimizer: tf.Optimizer | tf.SGDOptimizer, learningRate: number): void {
  if ('setLearningRate' in optimizer) optimizer.setLearningRate(learningRate);
  else Object.assign(optimizer, { learningRate });
}

function tensorOf(variable: tf.Variable): Tensor {
  return { shape: variable.shape, data: variable.dataSync<'float32'>() };
}

function isRemembered(value: unknown): value is readonly Remembered[] {
  return Array.isArray(value) && value.every((item) => Object(item).variable instanceof tf.Variable);
}

function rememberedTensors(list: readonly Remembered[], weights: readonly ModelWeight[]): NamedTensors {
  return new Map(list.map(({ variable }, index) => [weights[index]!.name, tensorOf(variable)]));
}

/** Puts values back; a list that is empty yet is filled as its first update would. */
function remember(
  field: string,
  list: readonly Remembered[],
  tensors: NamedTensors,
  weights: readonly ModelWeight[],
): readonly Remembered[] {
  if (tensors.size === 0) {
    for (const { variable } of list) variable.dispose();
    return [];
  }
  return weights.map(({ name, variable: { name: variableName } }, index) => {
    const { shape, data } = tensors.get(name)!;
    const present = list[index];
    if (present) {
      assign(present.variable, data);
      return present;
    }
    const variable = tf.variable(tf.tensor(data, [...shape]), false);
    return { originalName: `${variableName}/${field}`, variable };
  });
}

/** What is neither a setting nor remembered as TensorFlow.js's own optimizers do. */
function unknownFields(fields: Fields): string | undefined {
  const unknown = Object.entries(fields).filter(
    ([field, value]) =>
      typeof value === 'object' &&
      value !== null &&
      !(value instanceof tf.Tensor && !(value instanceof tf.Variable)) &&
      !(isSlotName(field) && (value instanceof tf.Variable || isRemembered(value))),
  );
  return unknown.length === 0 ? undefined : `what its optimizer keeps in ${unknown.map(([field]) => field).join(', ')}`;
}

function requireFields(fields: Fields, slots: OptimizerSlots): void {
  const names = Object.entries(fields).flatMap(([field, value]) =>
    isSlotName(field) && (value instanceof tf.Variable || isRemembered(value)) ? [field] : [],
  );
  const found = Object.keys(slots);
  if (names.length === found.length && names.every((name) => found.includes(name))) return;
  throw new WeightsError({
    code: 'WEIGHTS_MISMATCH',
    problem: 'the state is of another optimizer',
    expected: names.join(' and ') || 'nothing that is remembered',
    actual: found.join(' and ') || 'nothing that is remembered',
    advice: 'Use the optimizer that the weights were trained with.',
  });
}
