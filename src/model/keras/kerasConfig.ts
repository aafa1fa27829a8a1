// The settings of a Keras layer, each with what Millrace's layers can be.
import { describeValue } from '../../text/describeValue.js';
import { didYouMean } from '../../text/didYouMean.js';
import { quote } from '../../text/quote.js';
import { ACTIVATIONS, type Activation } from '../activations.js';
import { kerasError } from './kerasError.js';
import type { KerasLayer } from './kerasModel.js';

/** An activation as a layer of ours has it. */
export interface ActivationKeys {
  readonly activation?: Activation;
  readonly negativeSlope?: number;
}

/** Keras's names that are not ours. */
const ACTIVATION_NAMES: Readonly<Record<string, ActivationKeys>> = {
  swish: { activation: 'silu' },
  leaky_relu: { activation: 'leakyRelu', negativeSlope: 0.2 },
};

/** What would change the training and has no counterpart here. */
const WITHOUT_COUNTERPART = [
  'kernel_regularizer',
  'bias_regularizer',
  'activity_regularizer',
  'kernel_constraint',
  'bias_constraint',
];

/** @throws ArchitectureError for settings that would be lost */
export function requireOrdinary(layer: KerasLayer): void {
  const { config } = layer;
  for (const key of WITHOUT_COUNTERPART) requireValue(layer, key, [null]);
  requireValue(layer, 'trainable', [true]);
  const format = config.data_format;
  if (format === undefined || format === null || format === 'channels_last') return;
  throw wrongSetting(layer, 'data_format', '"channels_last"', 'Build the model with channels last, and save it again.');
}

/** @throws ArchitectureError unless the setting is not there, or one of these values */
export function requireValue(layer: KerasLayer, key: string, values: readonly unknown[]): void {
  const value = layer.config[key];
  if (value === undefined || values.some((each) => JSON.stringify(each) === JSON.stringify(value))) return;
  throw wrongSetting(layer, key, values.map((each) => JSON.stringify(each)).join(' or '), 'Nothing else can be read.');
}

/** A whole number from 1; its upper bound is that of the layer it becomes. */
export function countOf(layer: KerasLayer, key: string): number {
  const value = layer.config[key];
  if (Number.isSafeInteger(value) && (value as number) >= 1) return value as number;
  throw wrongSetting(layer, key, 'a whole number, 1 or more', 'Save the model again.');
}

/** Any number; its bounds are those of the layer it becomes. */
export function numberOf(layer: KerasLayer, key: string): number {
  const value = layer.config[key];
  if (typeof value === 'number') return value;
  throw wrongSetting(layer, key, 'a number', 'Save the model again.');
}

/** The side of a square: one number, or two that are equal. */
export function sideOf(layer: KerasLayer, key: string, otherwise?: number): number {
  const value = layer.config[key] ?? otherwise;
  const [side, other = side] = Array.isArray(value) && value.length === 2 ? value : [value];
  if (Number.isSafeInteger(side) && side >= 1 && side === other) return side;
  throw wrongSetting(layer, key, 'a whole number, or two that are equal', 'Only squares can be read.');
}

export function paddingOf(layer: KerasLayer): 'valid' | 'same' {
  const { padding = 'valid' } = layer.config;
  if (padding === 'valid' || padding === 'same') return padding;
  throw wrongSetting(layer, 'padding', '"valid" or "same"', 'Nothing else can be read.');
}

/** Keras's activation as ours; `linear` is left out. */
export function activationOf(layer: KerasLayer): ActivationKeys {
  const value = layer.config.activation ?? 'linear';
  if (typeof value === 'string' && Object.hasOwn(ACTIVATION_NAMES, value)) return ACTIVATION_NAMES[value]!;
  const activation = ACTIVATIONS.find((each) => each === value && each !== 'leakyRelu');
  if (activation === undefined)
    throw wrongSetting(
      layer,
      'activation',
      `one of ${ACTIVATIONS.join(', ')}`,
      didYouMean(value, ACTIVATIONS, 'Train it as it is with fromLayersModel, from a program.'),
    );
  return activation === 'linear' ? {} : { activation };
}

export function wrongSetting(layer: KerasLayer, key: string, expected: string, advice: string) {
  const value = layer.config[key];
  const actual = typeof value === 'object' && value !== null ? quote(JSON.stringify(value)) : describeValue(value);
  return kerasError('ARCHITECTURE_VALUE', layer, { problem: key, expected, actual, advice });
}
