// Layers with weights, all as convolutions: which windows they read on the way forward and back, and where weights stand.
import { type Activation, NEGATIVE_SLOPE } from '../../../activations.js';
import type { NetworkLayer } from '../../../architecture.js';
import type { Conv2d } from '../../../layers/conv2d.js';
import { imageShape } from '../memory/featureMap.js';
import { convolved, type Phase, repeatedConvolved, repeatedSpread, type Side, spread } from './phases.js';

/** A layer with weights, and what is computed in the same pass. */
export interface FusedConvolution {
  /** In their order; the convolution is one of them. */
  readonly layers: readonly NetworkLayer[];
  readonly convolution: NetworkLayer;
  /** How often each pixel is repeated before the convolution reads it. */
  readonly upSampling: number;
  /** 2×2 max pooling comes after it. */
  readonly isPooled: boolean;
}

export interface Grid {
  readonly rows: readonly Phase[];
  readonly columns: readonly Phase[];
}

export interface ConvolutionGeometry {
  readonly layer: NetworkLayer;
  readonly kind: 'conv2d' | 'conv2dTranspose' | 'dense';
  readonly activation: Activation;
  /** Of leakyRelu. */
  readonly negativeSlope: number;
  readonly kernel: number;
  /** Channels that come in and go out. */
  readonly inputs: number;
  readonly outputs: number;
  /** The layer's own output, before any pooling. */
  readonly outputRows: number;
  readonly outputColumns: number;
  readonly forward: Grid;
  readonly backward: Grid;
  readonly isMerged: boolean;
}

export function convolutionGeometry(fused: FusedConvolution): ConvolutionGeometry {
  const { convolution: layer, upSampling } = fused;
  const given = layer.layer as Extract<NetworkLayer['layer'], { type: ConvolutionGeometry['kind'] }>;
  const [inputRows, inputColumns, inputs] = imageShape(fused.layers[0]!.inputShape);
  const [outputRows, outputColumns, outputs] = imageShape(layer.outputShape);
  const kernel = given.type === 'dense' ? 1 : given.kernelSize;
  const side = (input: number, output: number): Side => {
    if (given.type === 'dense') return { input, output, kernel, strides: 1, padding: 0 };
    const strides = given.strides ?? 1;
    const padding =
      given.type === 'conv2d'
        ? paddingBefore(given, input * upSampling, output)
        : given.padding === 'same'
          ? Math.floor(Math.max(kernel - strides, 0) / 2)
          : 0;
    return { input, output, kernel, strides, padding };
  };
  const grid = (phases: (side: Side) => readonly Phase[]): Grid => ({
    rows: phases(side(inputRows, outputRows)),
    columns: phases(side(inputColumns, outputColumns)),
  });
  const swap = ({ input, output, ...rest }: Side): Side => ({ ...rest, input: output, output: input });
  const isMerged = upSampling > 1;
  const [forward, backward] = isMerged
    ? [(one: Side) => repeatedConvolved(one, upSampling), (one: Side) => repeatedSpread(swap(one), upSampling)]
    : given.type === 'conv2dTranspose'
      ? [spread, (one: Side) => convolved(swap(one))]
      : [convolved, (one: Side) => spread(swap(one))];
  return {
    layer,
    kind: given.type,
    activation: given.activation ?? 'linear',
    negativeSlope: given.negativeSlope ?? NEGATIVE_SLOPE,
    kernel,
    inputs,
    outputs,
    outputRows,
    outputColumns,
    forward: grid(forward),
    backward: grid(backward),
    isMerged,
  };
}

/** Zeros before the first row and column; TensorFlow's rule for 'same'. */
function paddingBefore({ kernelSize, strides = 1, padding = 'valid' }: Conv2d, input: number, output: number): number {
  if (padding === 'valid') return 0;
  return Math.floor(Math.max((output - 1) * strides + kernelSize - input, 0) / 2);
}
