// Where a layer's weights and bias are kept, and which of them a window's tap uses.

import { blockOrder, outputOrder } from '../memory/weightOrder.js';
import type { Workspace } from '../memory/workspace.js';
import type { ConvolutionGeometry } from './convolutionGeometry.js';
import type { Phase } from './phases.js';

export type WeightStyle = 'blocks' | 'outputs';

export interface KeptWeights {
  readonly style: WeightStyle;
  /** Offset of the weights among the parameters. */
  readonly weights: number;
  /** Address of the bias, which is zeros where there is none; when all parameters are known. */
  readonly biasAddress: () => number;
  /** Offsets of the bias among the parameters, or nothing. */
  readonly biasOffsets: Int32Array;
  /** Where among a shard's gradients the bias's go, in bytes; when all parameters are known. */
  readonly biasGradient: () => number;
  readonly count: number;
  /** Offset by PyTorch's index; of a dense layer that is kept transposed inputs come first. */
  readonly offsets: Int32Array;
}

/**
 * Keeps a layer's parameters in the order in which their gradient is computed: as the convolution of `forward` reads them, or,
 * for a transposed one, as that of `backward`, which is a plain convolution.
 * @param pixelValues of a pixel of what that convolution reads
 */
export function keepWeights(
  workspace: Workspace,
  geometry: ConvolutionGeometry,
  style: WeightStyle,
  pixelValues: number,
): KeptWeights {
  const { parameters } = workspace;
  const { kernelRows, kernelColumns, layer, isTransposed } = geometry;
  const [inner, outer] = isTransposed ? [geometry.outputs, geometry.inputs] : [geometry.inputs, geometry.outputs];
  const sizes = {
    kernelRows,
    rowValues: kernelColumns * pixelValues,
    outputs: style === 'outputs' && outer > 1 ? Math.ceil(outer / 4) * 4 : outer,
  };
  const order = style === 'blocks' ? blockOrder(sizes) : outputOrder(sizes);
  let count = 0;
  order(() => count++);
  const weights = parameters.reserve(count);
  const offsets = new Int32Array(outer * inner * kernelRows * kernelColumns);
  let at = weights;
  order((kernelRow, value, output) => {
    const kernelColumn = Math.floor(value / pixelValues);
    const channel = value % pixelValues;
    if (output < outer && channel < inner && kernelColumn < kernelColumns)
      offsets[((output * inner + channel) * kernelRows + kernelRow) * kernelColumns + kernelColumn] = at;
    at++;
  });
  parameters.place(layer, 'weight', geometry.kind === 'dense' && isTransposed ? swapped(offsets, inner) : offsets);
  return { style, weights, count, offsets, ...keepBias(workspace, geometry) };
}

/** PyTorch keeps those of a dense layer by output. */
function swapped(offsets: Int32Array, columns: number): Int32Array {
  const rows = offsets.length / columns;
  return offsets.map((_, at) => offsets[(at % rows) * columns + Math.floor(at / rows)]!);
}

/** A bias, or zeros whose gradients no parameter takes. */
function keepBias(
  workspace: Workspace,
  { layer, outputs, useBias }: ConvolutionGeometry,
): Pick<KeptWeights, 'biasAddress' | 'biasOffsets' | 'biasGradient'> {
  if (!useBias) {
    const zeros = workspace.memory.reserve(Math.ceil(outputs / 4) * 16);
    const gradient = workspace.reserveMergedGradient(outputs);
    return { biasAddress: () => zeros, biasOffsets: new Int32Array(0), biasGradient: () => gradient() * 4 };
  }
  const bias = workspace.parameters.reserve(outputs);
  const biasOffsets = Int32Array.from({ length: outputs }, (_, output) => bias + output);
  workspace.parameters.place(layer, 'bias', biasOffsets);
  return { biasAddress: () => workspace.weightAddress(bias), biasOffsets, biasGradient: () => bias * 4 };
}

/** The gradient of so few outputs has its lanes along the kernel row, and is laid out output by output. */
export function usesRowGradient(outputs: number, rowValues: number): boolean {
  return outputs <= 4 && rowValues % 4 === 0;
}

/** Which parameters a tap's weight is the sum of. */
export function tapSources(
  geometry: ConvolutionGeometry,
  { offsets }: KeptWeights,
  { rows, columns }: { readonly rows: Phase; readonly columns: Phase },
  { direction, pixelValues }: { readonly direction: 'forward' | 'backward'; readonly pixelValues: number },
): (kernelRow: number, value: number, output: number) => readonly number[] {
  const { kernelRows, kernelColumns, inputs, outputs, isTransposed } = geometry;
  const inner = isTransposed ? outputs : inputs;
  const [from, to] = direction === 'forward' ? [inputs, outputs] : [outputs, inputs];
  // PyTorch's first side is what a plain convolution puts out, and what a transposed one takes in.
  const outputIsFirst = (direction === 'forward') !== isTransposed;
  return (kernelRow, value, output) => {
    const channel = value % pixelValues;
    const places = columns.taps[Math.floor(value / pixelValues)];
    if (places === undefined || channel >= from || output >= to) return [];
    const [first, second] = outputIsFirst ? [output, channel] : [channel, output];
    return rows.taps[kernelRow]!.flatMap((row) =>
      places.map((column) => offsets[((first * inner + second) * kernelRows + row) * kernelColumns + column]!),
    );
  };
}

/** The order in which `convolve…` reads the weights of a phase, and how many kernel rows and values of a row it has. */
export function phaseSizes(rows: Phase, columns: Phase, pixelValues: number) {
  return { kernelRows: rows.taps.length, rowValues: columns.taps.length * pixelValues };
}
