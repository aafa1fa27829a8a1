import { requireValue, sideOf } from '../kerasConfig.js';
import type { KerasLayerReader } from '../kerasLayerReader.js';

export const upSampling2d: KerasLayerReader = (layer) => {
  requireValue(layer, 'interpolation', ['nearest']);
  return { layer: { type: 'upSampling2d', size: sideOf(layer, 'size', 2) } };
};
