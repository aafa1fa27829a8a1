// What each layer is in ONNX's operators, opset 13. Images are NCHW.
import type { NetworkLayer } from '../../../model/architecture.js';
import { normalizationSettings } from '../../../model/layers/batchNormalization.js';
import { bordersOf } from '../../../model/layers/definition/borders.js';
import { sidesOf } from '../../../model/layers/definition/sides.js';
import type { LayerOf, LayerType } from '../../../model/layers/layers.js';
import { type Borders, convolutionBorders, transposedEnds } from '../convolutionBorders.js';
import { channelsFirst } from '../networkPart.js';
import { activated } from './onnxActivations.js';
import type { OnnxGraph } from './onnxGraph.js';

interface Call<Type extends LayerType> extends Omit<NetworkLayer, 'layer'> {
  readonly layer: LayerOf<Type>;
  readonly graph: OnnxGraph;
  /** The name of what goes in. */
  readonly x: string;
  /** The name of the earlier output that it reads, where it is a skip connection. */
  readonly skipped: string | undefined;
}

/** @returns the name of what comes out */
type Entry<Type extends LayerType> = (call: Call<Type>) => string;

const layers: { readonly [Type in LayerType]: Entry<Type> } = {
  conv2d({ graph, layer, x, weights, ...shapes }) {
    const sums = graph.add('Conv', [x, ...weights.map(({ name }) => name)], {
      kernel_shape: sidesOf(layer.kernelSize),
      strides: sidesOf(layer.strides ?? 1),
      pads: pads(convolutionBorders(layer, shapes)),
    });
    return activated(graph, sums, layer);
  },
  conv2dTranspose({ graph, layer, x, weights }) {
    const { cut, added } = transposedEnds(layer);
    const sums = graph.add('ConvTranspose', [x, ...weights.map(({ name }) => name)], {
      kernel_shape: [layer.kernelSize, layer.kernelSize],
      strides: [layer.strides ?? 1, layer.strides ?? 1],
      pads: pads([cut, cut]),
      output_padding: [added, added],
    });
    return activated(graph, sums, layer);
  },
  maxPooling2d: ({ graph, layer, x }) => graph.add('MaxPool', [x], pool(layer.poolSize)),
  averagePooling2d: ({ graph, layer, x }) => graph.add('AveragePool', [x], pool(layer.poolSize)),
  upSampling2d({ graph, layer, x }) {
    const scales = graph.floats(Float32Array.of(1, 1, layer.size, layer.size), [4]);
    const how =
      layer.interpolation === 'bilinear'
        ? { mode: 'linear', coordinate_transformation_mode: 'half_pixel' }
        : { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };
    return graph.add('Resize', [x, '', scales], how);
  },
  flatten: ({ graph, x }) => graph.add('Flatten', [x], { axis: 1 }),
  dense({ graph, layer, x, weights }) {
    const sums = graph.add('Gemm', [x, ...weights.map(({ name }) => name)], { transB: 1 });
    return activated(graph, sums, layer);
  },
  // 0 keeps what is there: the number of images.
  reshape: ({ graph, x, outputShape }) => graph.add('Reshape', [x, graph.integers([0, ...channelsFirst(outputShape)])]),
  dropout: ({ x }) => x,
  gaussianNoise: ({ x }) => x,
  activityRegularization: ({ x }) => x,
  variational: ({ graph, x, outputShape: [latents = 0] }) =>
    graph.add('Slice', [x, graph.integers([0]), graph.integers([latents]), graph.integers([1])]),
  zeroPadding2d({ graph, layer, x }) {
    const [[top, bottom], [left, right]] = bordersOf(layer.padding);
    return graph.add('Pad', [x, graph.integers([0, 0, top, left, 0, 0, bottom, right])]);
  },
  cropping2d({ graph, layer, x, outputShape: [height = 0, width = 0] }) {
    const [[top], [left]] = bordersOf(layer.cropping);
    const [from, to] = [graph.integers([top, left]), graph.integers([top + height, left + width])];
    return graph.add('Slice', [x, from, to, graph.integers([2, 3])]);
  },
  batchNormalization({ graph, layer, x, weights }) {
    const { epsilon } = normalizationSettings(layer);
    const normal = graph.add('BatchNormalization', [x, ...weights.map(({ name }) => name)], {
      epsilon: { float: epsilon },
    });
    return activated(graph, normal, layer);
  },
  add: ({ graph, x, skipped }) => graph.add('Add', [x, skipped!]),
  concatenate: ({ graph, x, skipped }) => graph.add('Concat', [x, skipped!], { axis: 1 }),
  globalAveragePooling2d: ({ graph, x }) => graph.add('Flatten', [graph.add('GlobalAveragePool', [x])], { axis: 1 }),
};

/** Adds a layer. @returns the name of what comes out */
export function addLayer(graph: OnnxGraph, x: string, skipped: string | undefined, of: NetworkLayer): string {
  // Each takes the layers of its own type, which TypeScript cannot tell of a table.
  const add = layers[of.layer.type] as Entry<LayerType>;
  return add({ ...of, graph, x, skipped });
}

function pads([[top, bottom], [left, right]]: Borders): readonly number[] {
  return [top, left, bottom, right];
}

function pool(size: number) {
  return { kernel_shape: [size, size], strides: [size, size] };
}
