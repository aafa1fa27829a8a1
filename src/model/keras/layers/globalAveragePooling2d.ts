import { requireValue } from '../kerasConfig.js';
import type { KerasLayerReader } from '../kerasLayerReader.js';

export const globalAveragePooling2d: KerasLayerReader = (layer) => {
  requireValue(layer, 'keepdims', [false]);
  return { layer: { type: 'globalAveragePooling2d' } };
};
