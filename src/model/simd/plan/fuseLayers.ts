// Which layers are computed together. Fusion goes by pattern: a convolution with the 2×2 max pooling after it, a convolution
// with the upsampling before it. It never crosses from the encoder to the decoder: the latent between them is a result.
import type { Conv2d, NetworkLayer } from '../../architecture.js';

export type Unit =
  | {
      readonly kind: 'linear';
      readonly layers: readonly NetworkLayer[];
      readonly linear: NetworkLayer;
      readonly upSampling: number;
      readonly isPooled: boolean;
    }
  | { readonly kind: 'pool' | 'upSample' | 'permute'; readonly layers: readonly NetworkLayer[] };

export function toUnits(layers: readonly NetworkLayer[]): readonly Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < layers.length; ) {
    const unit = unitAt(layers, at);
    units.push(unit);
    at += unit.layers.length;
  }
  return units;
}

function unitAt(layers: readonly NetworkLayer[], at: number): Unit {
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
      return { kind: 'linear', layers: [first], linear: first, upSampling: 1, isPooled: false };
    case 'maxPooling2d':
    case 'averagePooling2d':
      return { kind: 'pool', layers: [first] };
    case 'flatten':
    case 'reshape':
      return { kind: 'permute', layers: [first] };
  }
}

function convolution(linear: NetworkLayer, before: NetworkLayer | undefined, after: NetworkLayer | undefined): Unit {
  const pooling = after?.layer.type === 'maxPooling2d' && after.layer.poolSize === 2 ? after : undefined;
  const layers = [before, linear, pooling].filter((layer) => layer !== undefined);
  const upSampling = before?.layer.type === 'upSampling2d' ? before.layer.size : 1;
  return { kind: 'linear', layers, linear, upSampling, isPooled: pooling !== undefined };
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
