import { activationOf, requireValue } from '../kerasConfig.js';
import type { KerasLayerReader } from '../kerasLayerReader.js';

/** Keras's `Activation`, whose name says which. */
export const activation: KerasLayerReader = (layer) => ({ activation: 'linear', ...activationOf(layer) });

/** Keras's `ReLU`, where it is no more than that. */
export const relu: KerasLayerReader = (layer) => {
  requireValue(layer, 'max_value', [null]);
  requireValue(layer, 'negative_slope', [0, null]);
  requireValue(layer, 'threshold', [0, null]);
  return { activation: 'relu' };
};
