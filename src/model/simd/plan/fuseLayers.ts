// Which layers are computed together. Fusion goes by pattern: a convolution with the 2×2 max pooling after it, a convolution
// with the upsampling before it. It never crosses from the encoder to the decoder: the latent between them is a result.
import type { BatchNormalization, Conv2d, NetworkLayer } from '../../architecture.js';

export type FusedLayer =
  | {
      readonly kind: 'convolution';
      readonly layers: readonly NetworkLayer[];
      readonly convolution: NetworkLayer;
      readonly upSampling: number;
      readonly isPooled: boolean;
    }
  | {
      readonly kind: 'normalization';
      readonly layers: readonly [NetworkLayer & { readonly layer: BatchNormalization }];
    }
  | { readonly kind: 'pool' | 'upSample' | 'reshape'; readonly layers: readonly NetworkLayer[] };

export function fuseLayers(layers: readonly NetworkLayer[]): readonly FusedLayer[] {
  const fusedLayers: FusedLayer[] = [];
  for (let at = 0; at < layers.length; ) {
    const fused = fusedLayerAt(layers, at);
    fusedLayers.push(fused);
    at += fused.layers.length;
  }
  return fusedLayers;
}

function fusedLayerAt(layers: readonly NetworkLayer[], at: number): FusedLayer {
  const [first, second] = layers.slice(at) as [NetworkLayer, NetworkLayer?];
  switch (first.layer.type) {
    case 'conv2d':
      return convolution(first, undefined, second);
    case 'upSampling2d':
      return second?.layer.type === 'conv2d' && (second.layer.strides ?? 1) === 1
        ? convolution(second, first, undefined)
        : { kind: 'upSample', layers: [first] };
    case 'conv2dTranspose':
    case 'dense':
      return { kind: 'convolution', layers: [first], convolution: first, upSampling: 1, isPooled: false };
    case 'batchNormalization':
      return { kind: 'normalization', layers: [{ ...first, layer: first.layer }] };
    case 'maxPooling2d':
    case 'averagePooling2d':
      return { kind: 'pool', layers: [first] };
    case 'flatten':
    case 'reshape':
      return { kind: 'reshape', layers: [first] };
  }
}

function convolution(
  geometry: NetworkLayer,
  before: NetworkLayer | undefined,
  after: NetworkLayer | undefined,
): FusedLayer {
  const pooling = after?.layer.type === 'maxPooling2d' && after.layer.poolSize === 2 ? after : undefined;
  const layers = [before, geometry, pooling].filter((layer) => layer !== undefined);
  const upSampling = before?.layer.type === 'upSampling2d' ? before.layer.size : 1;
  return { kind: 'convolution', layers, convolution: geometry, upSampling, isPooled: pooling !== undefined };
}

/** Zeros before the first row and column; TensorFlow's rule for 'same'. */
export function paddingBefore(
  { kernelSize, strides = 1, padding = 'valid' }: Conv2d,
  input: number,
  output: number,
): number {
  if (padding === 'valid') return 0;
  return Math.floor(Math.max((output - 1) * strides + kernelSize - input, 0) / 2);
}
