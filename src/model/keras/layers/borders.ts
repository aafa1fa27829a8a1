import { wrongSetting } from '../kerasConfig.js';
import type { KerasLayerReader } from '../kerasLayerReader.js';
import type { KerasLayer } from '../kerasModel.js';

/** Far more rows or columns than an image of ours has. */
const MOST = 4096;

/** `padding` is `[[top, bottom], [left, right]]`. */
export const zeroPadding2d: KerasLayerReader = (layer) => ({
  layer: { type: 'zeroPadding2d', padding: bordersOf(layer, 'padding') },
});

/** `cropping` is `[[top, bottom], [left, right]]`. */
export const cropping2d: KerasLayerReader = (layer) => ({
  layer: { type: 'cropping2d', cropping: bordersOf(layer, 'cropping') },
});

function bordersOf(layer: KerasLayer, key: string): [[number, number], [number, number]] {
  const value = layer.config[key];
  const isPair = (pair: unknown): pair is [number, number] =>
    Array.isArray(pair) &&
    pair.length === 2 &&
    pair.every((side) => Number.isInteger(side) && side >= 0 && side <= MOST);
  if (Array.isArray(value) && value.length === 2 && isPair(value[0]) && isPair(value[1])) return [value[0], value[1]];
  throw wrongSetting(layer, key, '[[top, bottom], [left, right]]', 'Save the model again.');
}
