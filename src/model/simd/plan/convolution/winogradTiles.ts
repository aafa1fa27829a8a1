// 3×3 convolutions of strides 1 by Winograd's filtering of tiles of 4×4 outputs, where it takes less time than direct sums; forward,
// back, and the gradient of their weights. See `assembly/winograd/transforms.ts`.

import type { KernelCall } from '../kernelCall.js';
import type { FeatureMap } from '../memory/featureMap.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';
import { type ConvolutionPart, outputFields, windowFields } from './convolutionCall.js';
import type { Phase } from './phases.js';

/** Outputs of a tile's side. */
const TILE = 4;
/** Products of a tile and a pair of channels. */
const PLACES = 36;
/** Transformed tiles that are worked on at a time. */
const CHUNK_BYTES = 2 ** 17;
/** Transformed tiles of an image of which those of the way forward are kept for the way back: more leave the second-level cache. */
const KEPT_BYTES = 2 ** 18;

/** Where windows are read and what is computed of them; of the gradient of weights, the gradient of that. */
export interface TiledGrid {
  readonly rows: Phase;
  readonly columns: Phase;
  readonly from: FeatureMap;
  readonly to: FeatureMap;
  /** Channels that are computed. */
  readonly outputs: number;
  /** Its patches are those of `from`'s values, and the same forward and for the gradient of the weights. */
  readonly sharesPatches: boolean;
}

export type TiledKernel = 'convolveWinograd' | 'weightGradientWinograd';

/** Whether it takes less time than a direct sum, by what both take of a processor with two multiply-adds a cycle. */
export function suitsTiles(kernel: TiledKernel, grid: TiledGrid): boolean {
  const { rows, columns, from, to, outputs } = grid;
  const isPlain = [rows, columns].every(
    ({ inputStep, outputStep, taps }) =>
      inputStep === 1 && outputStep === 1 && taps.length === 3 && taps.every((places) => places.length === 1),
  );
  if (!isPlain || from.pixelStep % 16 !== 0 || to.pixelStep % 16 !== 0) return false;
  const [inputVectors, outputVectors] = [from.pixelStep / 16, Math.ceil(outputs / 4)];
  // A vector that is left over from pairs takes as long as a pair.
  const products = inputVectors * 4 * Math.ceil(outputVectors / 2);
  const tiles = tilesOf(rows.count) * tilesOf(columns.count);
  const direct = 9 * rows.count * columns.count * products;
  const transforms = tiles * TRANSFORM_CYCLES * (inputVectors + outputVectors);
  const ends = kernel === 'convolveWinograd' ? 0 : END_CYCLES * inputVectors * 4 * outputVectors;
  return tiles * PLACES * products + transforms + ends < direct;
}

/** Of a tile's vector, there or back. */
const TRANSFORM_CYCLES = 80;
/** Of the gradient of nine weights for four outputs, once an image. */
const END_CYCLES = 80;

/** @param sources of `tapSources` @param direct computes the same where not everything is finite */
export function tiledConvolution(
  workspace: Workspace,
  { layers, direction, from, to, floor }: ConvolutionPart,
  {
    bias,
    sources,
    direct,
    ...grid
  }: TiledGrid & {
    readonly bias: () => number;
    readonly sources: (kernelRow: number, value: number, output: number) => readonly number[];
    readonly direct: readonly KernelCall[];
  },
): KernelCall {
  const outputVectors = Math.ceil(grid.outputs / 4);
  const weights = workspace.packWinogradTiles(layers, {
    inputs: from.map.pixelStep / 4,
    outputVectors,
    sources,
  });
  return tiledStep(workspace, {
    ...{ layers, grid, direct },
    pass: direction,
    kernel: 'convolveWinograd',
    input: from.address,
    output: to.address,
    fields: () => ({ weights, bias: bias(), floor }),
  });
}

/** @param gradients where among a shard's gradients, in bytes, when all parameters are known */
export function tiledWeightGradient(
  workspace: Workspace,
  {
    layers,
    input,
    output,
    gradients,
    direct,
    ...grid
  }: TiledGrid & {
    readonly layers: string;
    readonly input: (thread: number) => number;
    readonly output: (thread: number) => number;
    readonly gradients: () => number;
    readonly direct: readonly KernelCall[];
  },
): KernelCall {
  return tiledStep(workspace, {
    ...{ layers, grid, direct, input, output },
    pass: 'backward',
    kernel: 'weightGradientWinograd',
    fields: () => ({ to: gradients() }),
  });
}

interface TiledCall extends Pick<KernelCall, 'layers' | 'pass'> {
  readonly kernel: TiledKernel;
  readonly grid: TiledGrid;
  /** Of images, for a thread. */
  readonly input: (thread: number) => number;
  readonly output: (thread: number) => number;
  readonly direct: readonly KernelCall[];
  readonly fields: () => { readonly [name in 'weights' | 'bias' | 'floor' | 'to']?: number };
}

function tiledStep(workspace: Workspace, call: TiledCall): KernelCall {
  const { layers, pass, kernel, grid, direct } = call;
  const { rows, columns, from, to } = grid;
  const { memory } = workspace;
  const [inputVectors, outputVectors] = [from.pixelStep / 16, Math.ceil(grid.outputs / 4)];
  const [across, down] = [tilesOf(columns.count), tilesOf(rows.count)];
  const tileBytes = PLACES * 16 * (inputVectors + outputVectors);
  // Not where other images go forward before the way back begins.
  const isOneByOne = workspace.tile === 1 && workspace.batchImages === undefined;
  const isKept = grid.sharesPatches && isOneByOne && tileBytes * across * down <= KEPT_BYTES;
  const most = isKept ? down : Math.max(1, Math.floor(CHUNK_BYTES / (tileBytes * across)));
  const chunkRows = Math.ceil(down / Math.ceil(down / most));
  const chunkBytes = (vectors: number) => PLACES * (TILE * Math.ceil((chunkRows * across) / TILE) * vectors * 16 + 64);
  const sumBytes = kernel === 'convolveWinograd' ? 0 : PLACES * 64 * inputVectors * outputVectors;
  // As `betweenBytes` of `assembly/winograd/tiles.ts`.
  const betweenBytes = (TILE * across + 2) * 96;
  const patchBytes = chunkBytes(inputVectors);
  const scratch = workspace.scratch(betweenBytes + chunkBytes(outputVectors) + sumBytes + patchBytes);
  const kept = isKept ? workspace.patches.get(from) : undefined;
  const patches = kept ?? (isKept && pass === 'forward' ? workspace.perThread(patchBytes) : undefined);
  if (patches !== undefined) workspace.patches.set(from, patches);
  const taps = 9 * inputVectors * 4;
  const window = windowFields(from, rows, columns);
  const pixels = outputFields(to, rows, columns);
  return {
    layers,
    pass,
    kernel,
    lanes: 'channels',
    bytes: taps * outputVectors * 16,
    multiplyAdds: rows.count * columns.count * taps * outputVectors * 4,
    write: (thread) =>
      writeOperation(memory, kernel, {
        input: call.input(thread) + window.offset,
        inputImageStep: window.imageStep,
        inputRowStep: window.rowStep,
        inputPixelStep: window.columnStep,
        inputVectors,
        output: call.output(thread) + pixels.offset,
        outputImageStep: pixels.imageStep,
        outputRowStep: pixels.rowStep,
        outputPixelStep: pixels.columnStep,
        outputVectors,
        rows: rows.count,
        columns: columns.count,
        chunkRows,
        scratch: scratch(thread),
        patches: patches?.[thread] ?? scratch(thread) + betweenBytes + chunkBytes(outputVectors) + sumBytes,
        hasPatches: kept === undefined ? 0 : 1,
        direct: memory.constant([...direct.map(({ write }) => write(thread)), 0]),
        ...call.fields(),
      }),
  };
}

function tilesOf(pixels: number): number {
  return Math.ceil(pixels / TILE);
}
