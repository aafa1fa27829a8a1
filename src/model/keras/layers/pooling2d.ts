import { paddingOf, sideOf, wrongSetting } from '../kerasConfig.js';
import type { KerasLayerReader } from '../kerasLayerReader.js';

/** Windows side by side; 'same' where nothing is left over at the border, so that it makes no difference. */
export function pooling2d(type: 'maxPooling2d' | 'averagePooling2d'): KerasLayerReader {
  return (layer, [height = 0, width = 0]) => {
    const poolSize = sideOf(layer, 'pool_size', 2);
    if (sideOf(layer, 'strides', poolSize) !== poolSize)
      throw wrongSetting(layer, 'strides', `${poolSize}, as pool_size`, 'Windows that overlap cannot be read.');
    if (paddingOf(layer) === 'same' && (height % poolSize !== 0 || width % poolSize !== 0))
      throw wrongSetting(
        layer,
        'padding',
        `"valid", since ${height}×${width} does not divide by ${poolSize}`,
        'Use other image sizes, or crop before this layer.',
      );
    return { layer: { type, poolSize } };
  };
}
