import { numberOf, requireValue } from '../kerasConfig.js';
import type { KerasLayerReader } from '../kerasLayerReader.js';

/** Its seed is the run's. */
export const dropout: KerasLayerReader = (layer) => {
  requireValue(layer, 'noise_shape', [null]);
  return { layer: { type: 'dropout', rate: numberOf(layer, 'rate') } };
};

/** Its seed is the run's. */
export const gaussianNoise: KerasLayerReader = (layer) => ({
  layer: { type: 'gaussianNoise', standardDeviation: numberOf(layer, 'stddev') },
});
