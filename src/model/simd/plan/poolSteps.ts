// A convolution fused with the 2×2 max pooling after it, forward and back.
import { type ConvolutionPart, windowFields } from './convolutionSteps.js';
import type { FeatureMap } from './featureMap.js';
import type { Linear } from './linear.js';
import { type Kernel, type OperationFields, writeOperation } from './operations.js';
import type { Step } from './step.js';
import { blockOrder, sumsOrder } from './weightOrder.js';
import { type KeptWeights, tapSources } from './weights.js';
import { SHARDS, type Workspace } from './workspace.js';

export interface PoolPart {
  readonly linear: Linear;
  readonly kept: KeptWeights;
  readonly layers: string;
  readonly source: FeatureMap;
  /** The pooled output. */
  readonly output: FeatureMap;
  readonly floor: number;
  /** The network's input: windows of zeros are skipped, and nothing needs its gradient. */
  readonly isFirst: boolean;
}

export interface PoolSteps {
  readonly forward: readonly Step[];
  readonly backward: readonly Step[];
}

export function poolSteps(workspace: Workspace, part: PoolPart): PoolSteps {
  const { linear, source, output, layers, isFirst, kept } = part;
  const { memory, tile } = workspace;
  const [rows] = linear.forward.rows as [ConvolutionPart['linear']['forward']['rows'][number]];
  const [columns] = linear.forward.columns as [ConvolutionPart['linear']['forward']['columns'][number]];
  const window = windowFields(source, rows, columns);
  const pixelValues = source.pixelStep / 4;
  const run = linear.kernel * pixelValues;
  const taps = linear.kernel * run;
  const vectors = Math.ceil(linear.outputs / 4);
  const paired = vectors - (vectors % 2);
  const windows = Array.from({ length: output.height * output.width }, (_, index) => {
    const [y, x] = [Math.floor(index / output.width), index % output.width];
    return [2 * (y * window.rowStep + x * window.columnStep), y * output.rowStep + x * output.pixelStep];
  });
  const all = memory.constant(windows.flat());
  const count = memory.constant([windows.length]);
  const perShard = (bytes: number) => Array.from({ length: SHARDS }, () => memory.reserve(bytes));
  const winners = perShard(tile * output.imageStep);
  const foundStep = windows.length * 8;
  const found = isFirst ? perShard(tile * foundStep) : undefined;
  const foundCount = isFirst ? perShard(tile * 64) : undefined;

  const sources = tapSources(linear, kept, { rows, columns }, { direction: 'forward', pixelValues });
  const pack = (order: ReturnType<typeof blockOrder>, firstOutput: number) =>
    workspace.pack(layers, order, (kernelRow, value, channel) => sources(kernelRow, value, channel + firstOutput));
  const usesSums = !isFirst && run % 4 === 0;
  const sizes = { kernelRows: linear.kernel, run };
  const pairWeights = paired > 0 ? pack(blockOrder({ ...sizes, outputs: paired * 4 }), 0) : 0;
  const restOrder = usesSums ? sumsOrder : blockOrder;
  const restWeights = vectors > paired ? pack(restOrder({ ...sizes, outputs: 4 }), paired * 4) : 0;

  type Fields = OperationFields<'convolvePoolPairs'>;
  const convolution = (shard: number, first: number, number: number): Fields => ({
    input: source.values[shard]! + window.offset,
    inputImageStep: window.imageStep,
    inputRowStep: window.rowStep,
    inputColumnStep: window.columnStep,
    kernelRows: linear.kernel,
    kernelRowStep: source.rowStep,
    run,
    output: output.values[shard]! + first * 16,
    outputImageStep: output.imageStep,
    weights: first < paired ? pairWeights : restWeights,
    bias: workspace.weightAddress(kept.bias) + first * 16,
    floor: part.floor,
    vectors: number,
    winners: winners[shard]! + first * 16,
    blocks: found?.[shard] ?? all,
    blocksImageStep: isFirst ? foundStep : 0,
    blockCount: foundCount?.[shard] ?? count,
    blockCountImageStep: isFirst ? 64 : 0,
  });
  const groups: {
    kernel: 'convolvePoolPairs' | 'convolvePoolSingles' | 'convolvePoolSums';
    first: number;
    number: number;
  }[] = [];
  if (paired > 0) groups.push({ kernel: 'convolvePoolPairs', first: 0, number: paired });
  if (vectors > paired)
    groups.push({ kernel: usesSums ? 'convolvePoolSums' : 'convolvePoolSingles', first: paired, number: 1 });

  const forward: Step[] = groups.map(({ kernel, first, number }) => ({
    layers,
    pass: 'forward',
    kernel,
    lanes: kernel === 'convolvePoolSums' ? 'input channels' : 'output channels',
    bytes: taps * number * 16,
    multiplyAdds: windows.length * 4 * taps * number * 4,
    write: (shard) => writeOperation(memory, kernel as 'convolvePoolPairs', convolution(shard, first, number)),
  }));

  if (found !== undefined && foundCount !== undefined) {
    const patchRows = linear.kernel + rows.inputStep;
    const patchRowBytes = Math.ceil(((linear.kernel + columns.inputStep) * source.pixelStep) / 16) * 16;
    const seenBytes = Math.ceil((2 * (output.width - 1) * window.columnStep + patchRowBytes) / 16) * 16;
    const seen = perShard(seenBytes);
    const emptyInput = memory.reserve(patchRows * source.rowStep + patchRowBytes);
    const origin = memory.constant([0, 0]);
    const one = memory.constant([1]);
    const response = perShard(vectors * 16);
    const emptyWinners = perShard(vectors * 16);
    const empty: Step[] = groups.map(({ kernel, first, number }) => {
      const emptyKernel = kernel === 'convolvePoolPairs' ? 'emptyWindowPairs' : 'emptyWindowSingles';
      return {
        layers,
        pass: 'forward',
        kernel: emptyKernel as Kernel,
        lanes: 'output channels',
        bytes: taps * number * 16,
        multiplyAdds: 0,
        write: (shard) =>
          writeOperation(memory, emptyKernel, {
            ...convolution(shard, first, number),
            input: emptyInput,
            output: response[shard]! + first * 16,
            winners: emptyWinners[shard]! + first * 16,
            blocks: origin,
            blocksImageStep: 0,
            blockCount: one,
            blockCountImageStep: 0,
          }),
      };
    });
    forward.unshift(...empty, {
      layers,
      pass: 'forward',
      kernel: 'findWindows',
      lanes: 'values of a row',
      bytes: foundStep,
      multiplyAdds: 0,
      write: (shard) =>
        writeOperation(memory, 'findWindows', {
          input: source.values[shard]! + window.offset,
          inputImageStep: source.imageStep,
          inputRowStep: source.rowStep,
          patchRows,
          patchRowBytes,
          windows: all,
          count: windows.length,
          columns: output.width,
          seenBytes,
          seen: seen[shard]!,
          found: found[shard]!,
          foundImageStep: foundStep,
          foundCount: foundCount[shard]!,
          foundCountImageStep: 64,
          output: output.values[shard]!,
          outputImageStep: output.imageStep,
          winners: winners[shard]!,
          response: response[shard]!,
          vectors,
        }),
    });
  }

  const runVectors = Math.ceil(run / 4);
  const kernel = isFirst && runVectors === 1 ? 'poolGradientNarrow' : 'poolGradientWide';
  const list = perShard(windows.length * 8 + 8);
  const backward: Step = {
    layers,
    pass: 'backward',
    kernel,
    lanes: 'values of a kernel row',
    bytes: kept.count * 4,
    multiplyAdds: windows.length * linear.outputs * taps * (isFirst ? 1 : 2),
    write: (shard) =>
      writeOperation(memory, kernel, {
        gradient: output.gradient[shard]!,
        gradientImageStep: output.imageStep,
        winners: winners[shard]!,
        windows: all,
        count: windows.length,
        found: found?.[shard] ?? 0,
        foundImageStep: foundStep,
        foundCount: foundCount?.[shard] ?? 0,
        foundCountImageStep: 64,
        biasGradient: workspace.gradientAddress(kept.bias, shard),
        channels: kernel === 'poolGradientNarrow' ? vectors * 4 : linear.outputs,
        input: source.values[shard]! + window.offset,
        inputImageStep: source.imageStep,
        kernelRows: linear.kernel,
        kernelRowStep: source.rowStep,
        runVectors,
        weights: workspace.weightAddress(kept.weights),
        output: workspace.gradientAddress(kept.weights, shard),
        inputGradient: isFirst ? 0 : source.gradient[shard]! + window.offset,
        clear: isFirst ? 0 : source.gradient[shard]! - source.lead,
        clearBytes: source.imageStep,
        list: list[shard]!,
        clearImageStep: source.imageStep,
      }),
  };
  return { forward, backward: [backward] };
}
