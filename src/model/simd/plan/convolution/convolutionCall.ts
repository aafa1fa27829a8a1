// One convolution as kernel calls: pairs of output vectors, and the vector that is left.

import type { KernelCall } from '../kernelCall.js';
import type { FeatureMap } from '../memory/featureMap.js';
import { type OperationFields, writeOperation } from '../memory/operations.js';
import { blockOrder, dotOrder } from '../memory/weightOrder.js';
import type { Workspace } from '../memory/workspace.js';
import type { ConvolutionGeometry } from './convolutionGeometry.js';
import { denseScratch, finiteWeights, leavesZerosOut } from './denseLayer.js';
import type { Phase } from './phases.js';
import { BLOCK_PIXELS, imageBlocks, tileBlocks } from './pixelTiles.js';
import type { KeptWeights } from './weights.js';

export interface ConvolutionPart {
  readonly geometry: ConvolutionGeometry;
  readonly kept: KeptWeights;
  readonly layers: string;
  readonly direction: 'forward' | 'backward';
  readonly from: { readonly map: FeatureMap; readonly address: (thread: number) => number };
  readonly to: { readonly map: FeatureMap; readonly address: (thread: number) => number };
  /** 0 where negative results end, as relu has it. */
  readonly floor: number;
}

/** A window's place in memory, and the steps from one to the next. */
export function windowFields(map: FeatureMap, rows: Phase, columns: Phase) {
  return {
    offset: rows.origin * map.rowStep + columns.origin * map.pixelStep,
    imageStep: map.imageStep,
    rowStep: rows.inputStep * map.rowStep,
    columnStep: columns.inputStep * map.pixelStep,
  };
}

/** The place of a phase's outputs, and the steps from one to the next. */
export function outputFields(map: FeatureMap, rows: Phase, columns: Phase) {
  return {
    offset: rows.first * map.rowStep + columns.first * map.pixelStep,
    imageStep: map.imageStep,
    rowStep: rows.outputStep * map.rowStep,
    columnStep: columns.outputStep * map.pixelStep,
  };
}

type ConvolutionKernel = keyof typeof BLOCK_PIXELS;

export interface Call {
  readonly row: Phase;
  readonly column: Phase;
  readonly sizes: { readonly kernelRows: number; readonly rowValues: number; readonly outputs: number };
  readonly weights: () => number;
  readonly bias: () => number;
  readonly offsets: () => number;
  /** Output vectors are the four phases of one channel: two of a row, two of the next. */
  readonly storesHalves: boolean;
  readonly isSingle: boolean;
}

/**
 * A vector of outputs is left over from pairs, and kernel rows are whole vectors of input channels: those can be the lanes, where
 * there are enough of them to make up for summing lanes at the end.
 */
export function leavesDot({ outputs, rowValues, kernelRows }: Call['sizes']): boolean {
  return Math.ceil(outputs / 4) % 2 === 1 && rowValues % 4 === 0 && kernelRows * rowValues >= LEAST_SUMMED;
}

/** Values of a window: with 16 of them both ways take as long. */
const LEAST_SUMMED = 32;

/** Pairs of vectors first; the vector that is left sums over input channels where those are whole vectors. */
export function packedOrder(sizes: Call['sizes']) {
  if (!leavesDot(sizes)) return blockOrder(sizes);
  const paired = (Math.ceil(sizes.outputs / 4) - 1) * 4;
  return (visit: Parameters<ReturnType<typeof blockOrder>>[0]) => {
    blockOrder({ ...sizes, outputs: paired })(visit);
    dotOrder({ ...sizes, outputs: 4 })((kernelRow, value, output) => visit(kernelRow, value, paired + output));
  };
}

export function kernelSteps(workspace: Workspace, part: ConvolutionPart, call: Call): readonly KernelCall[] {
  const { geometry, from, to, layers, direction } = part;
  const { row, column, sizes, isSingle } = call;
  const isDense = geometry.kind === 'dense';
  const input = windowFields(from.map, row, column);
  const output = outputFields(to.map, row, column);
  const vectors = isSingle ? 1 : Math.ceil(sizes.outputs / 4);
  const taps = sizes.kernelRows * sizes.rowValues;
  const listed = (kernel: ConvolutionKernel) => {
    const size = BLOCK_PIXELS[kernel];
    const list = isDense
      ? tileBlocks(workspace.tile, input, output, size)
      : imageBlocks(row, column, input, output, size);
    return {
      blocks: workspace.memory.constant(list),
      blockCount: workspace.memory.constant([list.length / (2 * size)]),
    };
  };
  type Own = (thread: number) => OperationFields<'denseNonZeros'>;
  const step = (
    kernel: ConvolutionKernel,
    lanes: string,
    firstVector: number,
    count: number,
    own?: Own,
  ): KernelCall => {
    // The same for all programs and threads, and as long as the image has pixels.
    let blocks: ReturnType<typeof listed> | undefined;
    return {
      layers,
      pass: direction,
      kernel,
      lanes,
      bytes: taps * (isSingle ? 1 : count * 4) * 4,
      multiplyAdds: row.count * column.count * taps * (isSingle ? 1 : count * 4),
      isWhole: isDense,
      write: (thread) => {
        blocks ??= listed(kernel);
        return writeOperation(workspace.memory, kernel as 'convolve4x8', {
          input: from.address(thread) + input.offset,
          inputImageStep: input.imageStep,
          kernelRows: sizes.kernelRows,
          kernelRowStep: from.map.rowStep,
          rowValues: sizes.rowValues,
          output: to.address(thread) + output.offset,
          outputImageStep: output.imageStep,
          weights: call.weights() + firstVector * 16 * taps,
          bias: call.bias() + firstVector * 16,
          floor: part.floor,
          outputOffsets: call.offsets() + firstVector * (call.storesHalves ? 8 : 4),
          vectors: count,
          storesHalves: call.storesHalves ? 1 : 0,
          ...blocks,
          pixelsAreImages: isDense ? 1 : 0,
          ...own?.(thread),
        });
      },
    };
  };
  if (isSingle) return [step('convolve6x1Dot', 'input channels', 0, 1)];
  const steps: KernelCall[] = [];
  const paired = vectors - (vectors % 2);
  if (isDense && leavesZerosOut(vectors)) {
    const { scratch, scratchStep } = denseScratch(workspace, taps);
    const finite = finiteWeights(workspace, layers, { weights: call.weights, bytes: paired * 16 * taps });
    const own: Own = (thread) => ({ scratch: scratch[thread]!, scratchStep, finite: finite[thread]! });
    steps.push(step('denseNonZeros', 'output channels', 0, paired, own));
  } else if (paired > 0) steps.push(step(isDense ? 'convolve4x8' : pairKernel(sizes), 'output channels', 0, paired));
  if (vectors > paired)
    steps.push(
      leavesDot(sizes)
        ? step('convolve2x4Dot', 'input channels', paired, 1)
        : step('convolve6x4', 'output channels', paired, 1),
    );
  return steps;
}

function pairKernel({ kernelRows, rowValues }: Call['sizes']): ConvolutionKernel {
  if (kernelRows * rowValues === 4) return 'convolve1x8Window4';
  return rowValues === 3 ? 'convolve4x8Row3' : 'convolve4x8';
}

export function always(value: number): () => number {
  return () => value;
}
