// What each layer is in PyTorch: a module, and how it is called. Images are NCHW.
import { type Activation, NEGATIVE_SLOPE } from '../../../model/activations.js';
import type { NetworkLayer } from '../../../model/architecture.js';
import { normalizationSettings } from '../../../model/layers/batchNormalization.js';
import { type Border, bordersOf } from '../../../model/layers/definition/borders.js';
import { sidesOf } from '../../../model/layers/definition/sides.js';
import type { LayerOf, LayerType } from '../../../model/layers/layers.js';
import type { ActivationKeys } from '../activationKeys.js';
import { convolutionBorders, transposedEnds } from '../convolutionBorders.js';
import { channelsFirst } from '../networkPart.js';

/** A layer in Python. */
export interface PytorchLayer {
  /** What is made of it, by which its weights are named. */
  readonly module: string;
  /** What comes out of `x`. */
  readonly result: string;
}

interface Call<Type extends LayerType> extends Omit<NetworkLayer, 'layer'> {
  readonly layer: LayerOf<Type>;
  /** The module, as it is called by: `self[0]`. */
  readonly self: string;
}

type Entry<Type extends LayerType> = (call: Call<Type>) => PytorchLayer;

const NOTHING = 'nn.Identity()';

const layers: { readonly [Type in LayerType]: Entry<Type> } = {
  conv2d({ layer, self, weights, ...shapes }) {
    const [rows, columns] = convolutionBorders(layer, shapes);
    const isEven = rows[0] === rows[1] && columns[0] === columns[1];
    const module = call('nn.Conv2d', [
      String(shapes.inputShape[2]),
      String(layer.filters),
      tuple(sidesOf(layer.kernelSize)),
      `stride=${tuple(sidesOf(layer.strides ?? 1))}`,
      ...(isEven ? [`padding=${tuple([rows[0], columns[0]])}`] : []),
      ...biasOf(weights),
    ]);
    const input = isEven ? 'x' : `functional.pad(x, ${tuple([...columns, ...rows])})`;
    return { module, result: activated(`${self}(${input})`, layer) };
  },
  conv2dTranspose({ layer, self, weights, inputShape, outputShape }) {
    const { cut, added } = transposedEnds(layer);
    const module = call('nn.ConvTranspose2d', [
      String(inputShape[2]),
      String(layer.filters),
      String(layer.kernelSize),
      `stride=${layer.strides ?? 1}`,
      `padding=${cut[0]}`,
      `output_padding=${added}`,
      ...biasOf(weights),
    ]);
    // PyTorch cuts off as much behind as before.
    const surplus = cut[1] === cut[0] ? '' : cropped([0, outputShape[0]!], [0, outputShape[1]!]);
    return { module, result: activated(`${self}(x)${surplus}`, layer) };
  },
  maxPooling2d: ({ layer, self }) => ({ module: `nn.MaxPool2d(${layer.poolSize})`, result: `${self}(x)` }),
  averagePooling2d: ({ layer, self }) => ({ module: `nn.AvgPool2d(${layer.poolSize})`, result: `${self}(x)` }),
  upSampling2d({ layer, self }) {
    const how = layer.interpolation === 'bilinear' ? 'mode="bilinear", align_corners=False' : 'mode="nearest"';
    return { module: `nn.Upsample(scale_factor=${layer.size}, ${how})`, result: `${self}(x)` };
  },
  flatten: ({ self }) => ({ module: 'nn.Flatten()', result: `${self}(x)` }),
  dense({ layer, self, weights, inputShape }) {
    const module = call('nn.Linear', [String(inputShape[0]), String(layer.units), ...biasOf(weights)]);
    return { module, result: activated(`${self}(x)`, layer) };
  },
  reshape: ({ outputShape }) => ({
    module: NOTHING,
    result: `x.reshape(-1, ${channelsFirst(outputShape).join(', ')})`,
  }),
  dropout: ({ layer, self }) => ({ module: `nn.Dropout(${layer.rate})`, result: `${self}(x)` }),
  gaussianNoise: ({ layer }) => ({
    module: NOTHING,
    result: `x + ${layer.standardDeviation} * torch.randn_like(x) if self.training else x`,
  }),
  activityRegularization: () => ({ module: NOTHING, result: 'x' }),
  variational({ outputShape: [latents = 0] }) {
    const [mean, logVariance] = [`x[:, :${latents}]`, `x[:, ${latents}:]`];
    const drawn = `${mean} + (0.5 * ${logVariance}).exp() * torch.randn_like(${mean})`;
    return { module: NOTHING, result: `${drawn} if self.training else ${mean}` };
  },
  zeroPadding2d({ layer, self }) {
    const [rows, columns] = bordersOf(layer.padding);
    return { module: `nn.ZeroPad2d(${tuple([...columns, ...rows])})`, result: `${self}(x)` };
  },
  cropping2d({ layer, outputShape: [height = 0, width = 0] }) {
    const [[top], [left]] = bordersOf(layer.cropping);
    return { module: NOTHING, result: `x${cropped([top, top + height], [left, left + width])}` };
  },
  batchNormalization({ layer, self, inputShape }) {
    const { momentum, epsilon } = normalizationSettings(layer);
    const channels = String(inputShape[inputShape.length - 1]);
    const name = inputShape.length === 1 ? 'nn.BatchNorm1d' : 'nn.BatchNorm2d';
    const module = call(name, [channels, `eps=${epsilon}`, `momentum=${momentum}`]);
    return { module, result: activated(`${self}(x)`, layer) };
  },
  add: ({ layer }) => ({ module: NOTHING, result: `x + kept["${layer.from}"]` }),
  concatenate: ({ layer }) => ({ module: NOTHING, result: `torch.cat((x, kept["${layer.from}"]), 1)` }),
  globalAveragePooling2d: () => ({ module: NOTHING, result: 'x.mean((2, 3))' }),
};

export function pytorchLayer(of: NetworkLayer, self: string): PytorchLayer {
  // Each takes the layers of its own type, which TypeScript cannot tell of a table.
  const entry = layers[of.layer.type] as Entry<LayerType>;
  return entry({ ...of, self });
}

const activations: Readonly<Record<Activation, (sums: string, keys: ActivationKeys) => string>> = {
  linear: (sums) => sums,
  relu: (sums) => `functional.relu(${sums})`,
  tanh: (sums) => `torch.tanh(${sums})`,
  sigmoid: (sums) => `torch.sigmoid(${sums})`,
  leakyRelu: (sums, { negativeSlope = NEGATIVE_SLOPE }) => `functional.leaky_relu(${sums}, ${negativeSlope})`,
  elu: (sums) => `functional.elu(${sums})`,
  gelu: (sums) => `functional.gelu(${sums})`,
  silu: (sums) => `functional.silu(${sums})`,
};

function activated(sums: string, layer: ActivationKeys): string {
  return activations[layer.activation ?? 'linear'](sums, layer);
}

function call(name: string, values: readonly string[]): string {
  return `${name}(${values.join(', ')})`;
}

function tuple(values: readonly number[]): string {
  return `(${values.join(', ')})`;
}

function biasOf({ length }: NetworkLayer['weights']): readonly string[] {
  return length === 1 ? ['bias=False'] : [];
}

function cropped(rows: Border, columns: Border): string {
  return `[:, :, ${rows.join(':')}, ${columns.join(':')}]`;
}
