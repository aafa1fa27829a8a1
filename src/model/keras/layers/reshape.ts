import { shapeSize } from '../../layers/definition/layerShape.js';
import { wrongSetting } from '../kerasConfig.js';
import type { KerasLayerReader } from '../kerasLayerReader.js';

/** One side may be −1: what is left for it. */
export const reshape: KerasLayerReader = (layer, input) => {
  const { target_shape: target } = layer.config;
  const sides: unknown[] = Array.isArray(target) ? target : [];
  const isShape = sides.length >= 1 && sides.length <= 3 && sides.every((side) => Number.isSafeInteger(side));
  const given = isShape ? (sides as number[]) : [];
  const known = shapeSize(given.filter((side) => side !== -1));
  const filled = given.map((side) => (side === -1 ? shapeSize(input) / known : side));
  const isFull = filled.length > 0 && filled.every((side) => Number.isSafeInteger(side) && side >= 1);
  if (!isFull || shapeSize(filled) !== shapeSize(input))
    throw wrongSetting(layer, 'target_shape', `one of ${shapeSize(input)} values`, 'Save the model again.');
  return { layer: { type: 'reshape', targetShape: filled } };
};
