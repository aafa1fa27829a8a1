// Which layers are computed together. Fusion goes by pattern: a convolution with the 2×2 max pooling after it, a convolution
// with the upsampling before it. It never crosses from the encoder to the decoder: the latent between them is a result. Nor does it
// swallow an output that a skip connection reads.
import type { NetworkLayer } from '../../architecture.js';
import { sidesOf } from '../../layers/definition/sides.js';
import { activationOf, type LayerType } from '../../layers/layers.js';
import { plannedActivations } from './activations.js';
import { convolutionLayer } from './convolution/convolutionLayer.js';
import type { FusedLayer } from './fusedLayer.js';
import { croppingLayer, zeroPaddingLayer } from './layers/borderLayers.js';
import { dropoutLayer, gaussianNoiseLayer } from './layers/noiseLayers.js';
import { normalizationLayer } from './layers/normalizationLayer.js';
import { activityRegularizationLayer, variationalLayer } from './layers/penaltyLayers.js';
import { reorderLayer } from './layers/reorderLayer.js';
import { averagePoolLayer, globalAveragePoolLayer, maxPoolLayer, upSampleLayer } from './layers/resampleLayers.js';
import { addLayer, concatenateLayer } from './layers/skipLayers.js';

/** The layers that are computed with the first one, of which one is next. */
type Fuse = (first: NetworkLayer, next: NetworkLayer | undefined) => FusedLayer;

/** How this engine computes each type of layer. */
const layers: { readonly [Type in LayerType]: Fuse } = {
  conv2d: (first, next) => convolutionLayer(first, { pooling: isFusedPooling(first, next) ? next : undefined }),
  conv2dTranspose: (first) => convolutionLayer(first),
  maxPooling2d: maxPoolLayer,
  averagePooling2d: averagePoolLayer,
  upSampling2d: (first, next) =>
    isNearest(first) && isPlainConvolution(next) ? convolutionLayer(next, { upSampling: first }) : upSampleLayer(first),
  flatten: reorderLayer,
  dense: (first) => convolutionLayer(first),
  reshape: reorderLayer,
  dropout: dropoutLayer,
  gaussianNoise: gaussianNoiseLayer,
  zeroPadding2d: zeroPaddingLayer,
  cropping2d: croppingLayer,
  globalAveragePooling2d: globalAveragePoolLayer,
  batchNormalization: (first, next) => normalizationLayer(first, isFusedPooling(first, next) ? next : undefined),
  add: addLayer,
  concatenate: concatenateLayer,
  variational: variationalLayer,
  activityRegularization: activityRegularizationLayer,
};

/** @param skipped names of the layers whose output a skip connection reads */
export function fuseLayers(list: readonly NetworkLayer[], skipped: ReadonlySet<string>): readonly FusedLayer[] {
  const fusedLayers: FusedLayer[] = [];
  for (let at = 0; at < list.length; ) {
    const first = list[at]!;
    const fused = layers[first.layer.type](first, skipped.has(first.name) ? undefined : list[at + 1]);
    fusedLayers.push(fused);
    at += fused.layers.length;
  }
  return fusedLayers;
}

function isFusedPooling({ layer }: NetworkLayer, next: NetworkLayer | undefined): boolean {
  const activation = activationOf(layer) ?? 'linear';
  return next?.layer.type === 'maxPooling2d' && next.layer.poolSize === 2 && !plannedActivations[activation].turns;
}

function isNearest({ layer }: NetworkLayer): boolean {
  return layer.type === 'upSampling2d' && layer.interpolation !== 'bilinear';
}

function isPlainConvolution(next: NetworkLayer | undefined): next is NetworkLayer {
  return next?.layer.type === 'conv2d' && sidesOf(next.layer.strides ?? 1).every((step) => step === 1);
}
