// Layers with weights, all as convolutions: which windows they read on the way forward and back, and where weights stand.
import { type Activation, NEGATIVE_SLOPE } from '../../../activations.js';
import type { NetworkLayer } from '../../../architecture.js';
import { sidesOf } from '../../../layers/definition/sides.js';
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
  readonly kernelRows: number;
  readonly kernelColumns: number;
  readonly useBias: boolean;
  /** Channels that come in and go out. */
  readonly inputs: number;
  readonly outputs: number;
  /** The layer's own output, before any pooling. */
  readonly outputRows: number;
  readonly outputColumns: number;
  readonly forward: Grid;
  readonly backward: Grid;
  readonly isMerged: boolean;
  /** Weights are kept as the way back reads them, and not as the way forward does. */
  readonly isTransposed: boolean;
}

/** @param isTransposed of a dense layer; others tell themselves */
export function convolutionGeometry(fused: FusedConvolution, isTransposed = false): ConvolutionGeometry {
  const { convolution: layer, upSampling } = fused;
  const given = layer.layer as Extract<NetworkLayer['layer'], { type: ConvolutionGeometry['kind'] }>;
  const [inputRows, inputColumns, inputs] = imageShape(fused.layers[0]!.inputShape);
  const [outputRows, outputColumns, outputs] = imageShape(layer.outputShape);
  const kernels = sidesOf(given.type === 'dense' ? 1 : given.kernelSize);
  const steps = sidesOf(given.type === 'dense' ? 1 : (given.strides ?? 1));
  const side = (input: number, output: number, at: 0 | 1): Side => {
    const [kernel, strides] = [kernels[at], steps[at]];
    const isPadded = given.type !== 'dense' && given.padding === 'same';
    // TensorFlow's rule: of the zeros that are needed, the smaller half comes before.
    const needed = given.type === 'conv2d' ? (output - 1) * strides + kernel - input * upSampling : kernel - strides;
    return { input, output, kernel, strides, padding: isPadded ? Math.floor(Math.max(needed, 0) / 2) : 0 };
  };
  const grid = (phases: (side: Side) => readonly Phase[]): Grid => ({
    rows: phases(side(inputRows, outputRows, 0)),
    columns: phases(side(inputColumns, outputColumns, 1)),
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
    kernelRows: kernels[0],
    kernelColumns: kernels[1],
    useBias: given.useBias ?? true,
    inputs,
    outputs,
    outputRows,
    outputColumns,
    forward: grid(forward),
    backward: grid(backward),
    isMerged,
    isTransposed: isTransposed || given.type === 'conv2dTranspose',
  };
}
