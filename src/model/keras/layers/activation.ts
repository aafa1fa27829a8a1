import { activationOf, numberOf, requireValue } from '../kerasConfig.js';
import type { KerasLayerReader } from '../kerasLayerReader.js';

/** Keras's `Activation`, whose name says which. */
export const activation: KerasLayerReader = (layer) => ({ follows: activationOf(layer) });

/** Keras's `ReLU`, where it is no more than that. */
export const relu: KerasLayerReader = (layer) => {
  requireValue(layer, 'max_value', [null]);
  requireValue(layer, 'negative_slope', [0, null]);
  requireValue(layer, 'threshold', [0, null]);
  return { follows: { activation: 'relu' } };
};

/** `alpha` until Keras 2 and in TensorFlow.js, `negative_slope` since. */
export const leakyRelu: KerasLayerReader = (layer) => {
  const key = layer.config.alpha === undefined ? 'negative_slope' : 'alpha';
  return { follows: { activation: 'leakyRelu', negativeSlope: numberOf(layer, key) } };
};

export const elu: KerasLayerReader = (layer) => {
  requireValue(layer, 'alpha', [1]);
  return { follows: { activation: 'elu' } };
};
