// The classes of layers that can be read. One more is a file in `layers` and a line here.
import { kerasError } from './kerasError.js';
import type { KerasLayerReader } from './kerasLayerReader.js';
import type { KerasLayer } from './kerasModel.js';
import { activation, elu, leakyRelu, relu } from './layers/activation.js';
import { batchNormalization } from './layers/batchNormalization.js';
import { cropping2d, zeroPadding2d } from './layers/borders.js';
import { conv2d } from './layers/conv2d.js';
import { conv2dTranspose } from './layers/conv2dTranspose.js';
import { dense } from './layers/dense.js';
import { flatten } from './layers/flatten.js';
import { globalAveragePooling2d } from './layers/globalAveragePooling2d.js';
import { dropout, gaussianNoise } from './layers/noise.js';
import { pooling2d } from './layers/pooling2d.js';
import { reshape } from './layers/reshape.js';
import { upSampling2d } from './layers/upSampling2d.js';

export const kerasLayers: Readonly<Record<string, KerasLayerReader>> = {
  Conv2D: conv2d,
  Conv2DTranspose: conv2dTranspose,
  MaxPooling2D: pooling2d('maxPooling2d'),
  AveragePooling2D: pooling2d('averagePooling2d'),
  UpSampling2D: upSampling2d,
  Flatten: flatten,
  Dense: dense,
  Reshape: reshape,
  Activation: activation,
  ReLU: relu,
  LeakyReLU: leakyRelu,
  ELU: elu,
  GlobalAveragePooling2D: globalAveragePooling2d,
  ZeroPadding2D: zeroPadding2d,
  Cropping2D: cropping2d,
  BatchNormalization: batchNormalization,
  Dropout: dropout,
  GaussianNoise: gaussianNoise,
};

/** @throws ArchitectureError `ARCHITECTURE_LAYER` that names the layer and those that are known */
export function readerOf(layer: KerasLayer): KerasLayerReader {
  const { className } = layer;
  if (Object.hasOwn(kerasLayers, className)) return kerasLayers[className]!;
  throw kerasError('ARCHITECTURE_LAYER', layer, {
    expected: `one of ${['InputLayer', ...Object.keys(kerasLayers)].join(', ')}`,
    actual: 'a layer that is not known here',
    advice: 'Train the model as it is with fromLayersModel, from a program.',
  });
}
