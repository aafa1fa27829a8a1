// A grid of windows as kernel calls: which kernel, with which weights.
import type { FeatureMap } from './featureMap.js';
import type { Grid, Linear } from './linear.js';
import { writeOperation } from './operations.js';
import { BLOCK_PIXELS, imageBlocks, tileBlocks } from './pixelBlocks.js';
import type { Step } from './step.js';
import { blockOrder, outputOrder, sumsOrder } from './weightOrder.js';
import { type KeptWeights, phaseSizes, tapSources } from './weights.js';
import type { Phase } from './windows.js';
import type { Workspace } from './workspace.js';

export interface ConvolutionPart {
  readonly linear: Linear;
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

export function convolutionSteps(workspace: Workspace, part: ConvolutionPart): readonly Step[] {
  const { linear, direction, kept, from, layers } = part;
  const { rows, columns }: Grid = linear[direction];
  const pixelValues = from.map.pixelStep / 4;
  const bias = direction === 'forward' ? () => workspace.weightAddress(kept.bias) : zeros(workspace, linear.inputs);
  if (canJoinPhases(part)) return joinedPhases(workspace, part);
  return rows.flatMap((row) =>
    columns.flatMap((column) => {
      const outputs = direction === 'forward' ? linear.outputs : linear.inputs;
      const isSingle = part.to.map.pixelStep === 4;
      const sizes = { ...phaseSizes(row, column, pixelValues), outputs: isSingle ? 1 : outputs };
      const isBlocks = kept.style === 'blocks' && !leavesSums(sizes);
      const inPlace = isKept(linear, direction) && (isSingle || isBlocks);
      const weights = inPlace
        ? () => workspace.weightAddress(kept.weights)
        : isTransposedDense(part)
          ? always(workspace.packTransposed(layers, kept.weights, linear.inputs, linear.outputs))
          : always(
              workspace.pack(
                layers,
                isSingle ? outputOrder(sizes) : packedOrder(sizes),
                tapSources(linear, kept, { rows: row, columns: column }, { direction, pixelValues }),
              ),
            );
      const offsets = always(
        workspace.memory.constant(Array.from({ length: Math.ceil(outputs / 4) }, (_, vector) => vector * 16)),
      );
      return kernelSteps(workspace, part, {
        row,
        column,
        sizes,
        weights,
        bias,
        offsets,
        storesHalves: false,
        isSingle,
      });
    }),
  );
}

/** The parameters are kept as this convolution reads them. */
function isKept({ kind, isMerged }: Linear, direction: 'forward' | 'backward'): boolean {
  if (isMerged) return false;
  return kind === 'conv2dTranspose' ? direction === 'backward' : direction === 'forward';
}

/** The way back of a dense layer, whose weights only change places. */
function isTransposedDense({ linear, direction, kept, from, to }: ConvolutionPart): boolean {
  const isBlocks = kept.style === 'blocks' && linear.inputs % 8 === 0 && linear.outputs % 8 === 0;
  return (
    linear.kind === 'dense' && direction === 'backward' && isBlocks && from.map.pixelStep > 4 && to.map.pixelStep > 4
  );
}

type ConvolutionKernel = keyof typeof BLOCK_PIXELS;

interface Call {
  readonly row: Phase;
  readonly column: Phase;
  readonly sizes: { readonly kernelRows: number; readonly run: number; readonly outputs: number };
  readonly weights: () => number;
  readonly bias: () => number;
  readonly offsets: () => number;
  /** Output vectors are the four phases of one channel: two of a row, two of the next. */
  readonly storesHalves: boolean;
  readonly isSingle: boolean;
}

/**
 * A vector of outputs is left over from pairs, and runs are whole vectors of input channels: those can be the lanes, where
 * there are enough of them to make up for summing lanes at the end.
 */
function leavesSums({ outputs, run, kernelRows }: Call['sizes']): boolean {
  return Math.ceil(outputs / 4) % 2 === 1 && run % 4 === 0 && kernelRows * run >= LEAST_SUMMED;
}

/** Values of a window. */
const LEAST_SUMMED = 32;

/** Pairs of vectors first; the vector that is left sums over input channels where those are whole vectors. */
function packedOrder(sizes: Call['sizes']) {
  if (!leavesSums(sizes)) return blockOrder(sizes);
  const paired = (Math.ceil(sizes.outputs / 4) - 1) * 4;
  return (visit: Parameters<ReturnType<typeof blockOrder>>[0]) => {
    blockOrder({ ...sizes, outputs: paired })(visit);
    sumsOrder({ ...sizes, outputs: 4 })((kernelRow, value, output) => visit(kernelRow, value, paired + output));
  };
}

function kernelSteps(workspace: Workspace, part: ConvolutionPart, call: Call): readonly Step[] {
  const { linear, from, to, layers, direction } = part;
  const { row, column, sizes, isSingle } = call;
  const isDense = linear.kind === 'dense';
  const input = windowFields(from.map, row, column);
  const output = outputFields(to.map, row, column);
  const vectors = isSingle ? 1 : Math.ceil(sizes.outputs / 4);
  const taps = sizes.kernelRows * sizes.run;
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
  const step = (kernel: ConvolutionKernel, lanes: string, firstVector: number, count: number): Step => ({
    layers,
    pass: direction,
    kernel,
    lanes,
    bytes: taps * (isSingle ? 1 : count * 4) * 4,
    multiplyAdds: row.count * column.count * taps * (isSingle ? 1 : count * 4),
    isWhole: isDense,
    write: (thread) =>
      writeOperation(workspace.memory, kernel as 'convolvePairs', {
        input: from.address(thread) + input.offset,
        inputImageStep: input.imageStep,
        kernelRows: sizes.kernelRows,
        kernelRowStep: from.map.rowStep,
        run: sizes.run,
        output: to.address(thread) + output.offset,
        outputImageStep: output.imageStep,
        weights: call.weights() + firstVector * 16 * taps,
        bias: call.bias() + firstVector * 16,
        floor: part.floor,
        outputOffsets: call.offsets() + firstVector * (call.storesHalves ? 8 : 4),
        vectors: count,
        storesHalves: call.storesHalves ? 1 : 0,
        ...listed(kernel),
        pixelsAreImages: isDense ? 1 : 0,
      }),
  });
  if (isSingle) return [step('convolveOne', 'input channels', 0, 1)];
  const steps: Step[] = [];
  const paired = vectors - (vectors % 2);
  const isFour = taps === 4 && !isDense;
  if (paired > 0) steps.push(step(isFour ? 'convolveFours' : 'convolvePairs', 'output channels', 0, paired));
  if (vectors > paired)
    steps.push(
      leavesSums(sizes)
        ? step('convolveSums', 'input channels', paired, 1)
        : step('convolveSingles', 'output channels', paired, 1),
    );
  return steps;
}

/** A transposed convolution whose windows are as large as its strides: all phases read the same pixel. */
function canJoinPhases({ linear, direction, to }: ConvolutionPart): boolean {
  const { rows, columns } = linear[direction];
  if (direction !== 'forward' || linear.kind !== 'conv2dTranspose' || rows.length * columns.length < 2) return false;
  if (to.map.pixelStep === 4 && rows.length * columns.length !== 4) return false;
  const [first] = rows;
  return (
    [...rows, ...columns].every(
      ({ taps, origin, count }) => taps.length === 1 && origin === 0 && taps[0]!.length === 1 && count > 0,
    ) &&
    rows.every(({ count }) => count === first!.count) &&
    columns.every(({ count }) => count === columns[0]!.count)
  );
}

/** The phases' outputs are channels of one 1×1 convolution, each put where its phase belongs. */
function joinedPhases(workspace: Workspace, part: ConvolutionPart): readonly Step[] {
  const { linear, kept, from, to, layers } = part;
  const { rows, columns } = linear.forward;
  const pixelValues = from.map.pixelStep / 4;
  const lanes = to.map.pixelStep / 4;
  const phases = rows.flatMap((row) => columns.map((column) => ({ row, column })));
  const sizes = { kernelRows: 1, run: pixelValues, outputs: phases.length * lanes };
  const sources = phases.map(({ row, column }) =>
    tapSources(linear, kept, { rows: row, columns: column }, { direction: 'forward', pixelValues }),
  );
  const weights = workspace.pack(layers, packedOrder(sizes), (kernelRow, value, output) =>
    sources[Math.floor(output / lanes)]!(kernelRow, value, output % lanes),
  );
  const bias = workspace.packLists(
    layers,
    Array.from({ length: sizes.outputs }, (_, output) =>
      output % lanes < linear.outputs ? [kept.bias + (output % lanes)] : [],
    ),
  );
  const places = phases.map(({ row, column }) => row.first * to.map.rowStep + column.first * to.map.pixelStep);
  const vectorPlaces = places.flatMap((place) => Array.from({ length: lanes / 4 }, (_, vector) => place + vector * 16));
  const [row, column] = [rows[0]!, columns[0]!];
  return kernelSteps(workspace, part, {
    row,
    column,
    sizes,
    weights: always(weights),
    bias: always(bias),
    offsets: always(workspace.memory.constant(lanes === 1 ? [places[0]!, places[2]!] : vectorPlaces)),
    storesHalves: lanes === 1,
    isSingle: false,
  });
}

function zeros(workspace: Workspace, values: number): () => number {
  return always(workspace.memory.reserve(Math.ceil(values / 4) * 16));
}

function always(value: number): () => number {
  return () => value;
}
