import type { Layer, LayerShape, WeightSpec } from '../architecture.js';

/**
 * Weight and bias of the layer called `name` (e.g. `encoder.0`), or nothing; in PyTorch's layouts.
 *
 * conv2d `[out, in, kh, kw]`, conv2dTranspose `[in, out, kh, kw]`, dense `[out, in]`, bias `[out]`.
 */
export function layerWeights(layer: Layer, name: string, input: LayerShape): readonly WeightSpec[] {
  const depth = input[input.length - 1]!;
  switch (layer.type) {
    case 'batchNormalization':
      return [
        ...weightAndBias(name, [depth], depth),
        { name: `${name}.running_mean`, shape: [depth], isStatistic: true },
        { name: `${name}.running_var`, shape: [depth], isStatistic: true },
      ];
    case 'conv2d':
      return weightAndBias(name, [layer.filters, depth, layer.kernelSize, layer.kernelSize], layer.filters);
    case 'conv2dTranspose':
      return weightAndBias(name, [depth, layer.filters, layer.kernelSize, layer.kernelSize], layer.filters);
    case 'dense':
      return weightAndBias(name, [layer.units, depth], layer.units);
    default:
      return [];
  }
}

function weightAndBias(name: string, shape: readonly number[], outputs: number): readonly WeightSpec[] {
  return [
    { name: `${name}.weight`, shape },
    { name: `${name}.bias`, shape: [outputs] },
  ];
}
