// A convolution fused with the 2×2 max pooling after it, forward and back.

import { windowFields } from '../convolution/convolutionCall.js';
import type { Phase } from '../convolution/phases.js';
import { tapSources } from '../convolution/weights.js';
import { suitsWinograd, winogradBytes } from '../convolution/winograd.js';
import type { KernelCall } from '../kernelCall.js';
import { type Kernel, type OperationFields, writeOperation } from '../memory/operations.js';
import { blockOrder, dotOrder } from '../memory/weightOrder.js';
import type { Workspace } from '../memory/workspace.js';
import { changedWindows, MOST_PATCH_COLUMNS } from './changedWindows.js';
import { nonZeroWindows } from './nonZeroWindows.js';
import { poolGradientSteps } from './poolGradientSteps.js';
import type { PoolPart } from './poolPart.js';
import { allWindows, poolWindows } from './poolWindows.js';

export interface PoolSteps {
  readonly forward: readonly KernelCall[];
  readonly backward: readonly KernelCall[];
}

type Fields = OperationFields<'convPool8'>;

interface Group {
  readonly kernel: 'convPool8' | 'convPool8Row3' | 'convPool4' | 'convPoolDot' | 'convPoolWinograd';
  /** Output vectors: the first, and how many. */
  readonly first: number;
  readonly number: number;
}

export function poolSteps(workspace: Workspace, part: PoolPart): PoolSteps {
  const { geometry, source, output, layers, isFirst, kept } = part;
  const { memory } = workspace;
  const [rows] = geometry.forward.rows as [Phase];
  const [columns] = geometry.forward.columns as [Phase];
  const window = windowFields(source, rows, columns);
  const pixelValues = source.pixelStep / 4;
  const rowValues = geometry.kernelColumns * pixelValues;
  const taps = geometry.kernelRows * rowValues;
  const vectors = Math.ceil(geometry.outputs / 4);
  const paired = vectors - (vectors % 2);
  const windows = poolWindows(workspace, output, window);
  const argmax = workspace.perImage(output.imageStep);
  const patch = [geometry.kernelRows + rows.inputStep, geometry.kernelColumns + columns.inputStep] as const;

  const sources = tapSources(geometry, kept, { rows, columns }, { direction: 'forward', pixelValues });
  const pack = (order: ReturnType<typeof blockOrder>, firstOutput: number) =>
    workspace.pack(layers, order, (kernelRow, value, channel) => sources(kernelRow, value, channel + firstOutput));
  const usesDot = !isFirst && rowValues % 4 === 0;
  const sizes = { kernelRows: geometry.kernelRows, rowValues };
  const pairWeights = paired > 0 ? pack(blockOrder({ ...sizes, outputs: paired * 4 }), 0) : 0;
  const restOrder = usesDot ? dotOrder : blockOrder;
  const restWeights = vectors > paired ? pack(restOrder({ ...sizes, outputs: 4 }), paired * 4) : 0;

  const groups: Group[] = [];
  const isRow3 = rowValues === 3 && window.columnStep === 4;
  if (paired > 0) groups.push({ kernel: isRow3 ? 'convPool8Row3' : 'convPool8', first: 0, number: paired });
  if (vectors > paired) groups.push({ kernel: usesDot ? 'convPoolDot' : 'convPool4', first: paired, number: 1 });
  const convolution = (thread: number, { first, number }: Group): Fields => ({
    input: source.values[thread]! + window.offset,
    inputImageStep: window.imageStep,
    inputRowStep: window.rowStep,
    inputColumnStep: window.columnStep,
    kernelRows: geometry.kernelRows,
    kernelRowStep: source.rowStep,
    rowValues,
    output: output.values[thread]! + first * 16,
    outputImageStep: output.imageStep,
    weights: first < paired ? pairWeights : restWeights,
    bias: kept.biasAddress() + first * 16,
    floor: part.floor,
    vectors: number,
    argmax: argmax[thread]! + first * 16,
  });
  const step = (kernel: Kernel, lanes: string, group: Group, fields: (thread: number) => Fields): KernelCall => ({
    layers,
    pass: 'forward',
    kernel,
    lanes,
    bytes: taps * group.number * 16,
    multiplyAdds: kernel === group.kernel ? windows.count * 4 * taps * group.number * 4 : 0,
    write: (thread) => writeOperation(memory, kernel as 'convPool8', fields(thread)),
  });

  /** What a window of zeros comes to, once a job. */
  const emptyResponse = (): readonly number[] => {
    const input = memory.reserve(patch[0] * source.rowStep + Math.ceil((patch[1] * source.pixelStep) / 16) * 16);
    const [response, unused] = [workspace.perThread(vectors * 16), workspace.perThread(vectors * 16)];
    const [blocks, blockCount] = [memory.constant([0, 0]), memory.constant([1])];
    for (const group of groups)
      workspace.preparations.push(
        step(group.first < paired ? 'emptyWindow8' : 'emptyWindow4', 'output channels', group, (thread) => ({
          ...convolution(thread, group),
          ...{ input, blocks, blockCount },
          output: response[thread]! + group.first * 16,
          argmax: unused[thread]! + group.first * 16,
        })),
      );
    return response;
  };
  const nonZero = workspace.nonZeroWindows.get(source);
  // What an image before has left in a feature map is no help where each image has its own.
  const skipsEmpty = isFirst && workspace.batchImages === undefined;
  const lists = skipsEmpty
    ? nonZeroWindows(workspace, {
        ...{ layers, source, output, windows, window, patch, argmax, vectors },
        response: emptyResponse(),
        refills: part.isActivatedInPlace,
      })
    : nonZero !== undefined && Math.max(...patch) <= MOST_PATCH_COLUMNS && !part.isActivatedInPlace
      ? changedWindows(workspace, { layers, nonZero, output, windows, rows, columns, patch })
      : allWindows(workspace, windows);

  const listed = (thread: number, group: Group): Fields => ({
    ...convolution(thread, group),
    blocks: lists.lists[thread]!,
    blocksImageStep: lists.listStep,
    blockCount: lists.lengths[thread]!,
    blockCountImageStep: lists.lengthStep,
  });
  const direct = groups.map((group) =>
    step(group.kernel, group.kernel === 'convPoolDot' ? 'input channels' : 'output channels', group, (thread) =>
      listed(thread, group),
    ),
  );
  const isWinograd =
    !isFirst && window.columnStep === source.pixelStep && suitsWinograd(geometry, pixelValues, windows.count);
  const winograd = (): readonly KernelCall[] => {
    const group = { kernel: 'convPoolWinograd', first: 0, number: vectors } as const;
    const weights = workspace.packWinograd(layers, kept.weights, vectors * 4, pixelValues);
    const scratch = workspace.perThread(winogradBytes(pixelValues, vectors * 4));
    return [
      step('convPoolWinograd', 'input channels', group, (thread) => ({
        ...listed(thread, group),
        ...{ weights, scratch: scratch[thread]! },
        direct: memory.constant([...[...direct, ...lists.forget].map(({ write }) => write(thread)), 0]),
      })),
    ];
  };
  const forward = isWinograd ? winograd() : direct;
  return {
    forward: [...lists.steps, ...forward],
    backward: poolGradientSteps(workspace, part, {
      window,
      windows,
      argmax,
      rowValues,
      found: skipsEmpty ? lists : undefined,
    }),
  };
}
