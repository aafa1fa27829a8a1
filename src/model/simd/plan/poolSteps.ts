// A convolution fused with the 2×2 max pooling after it, forward and back.
import { clearBorderSteps } from './clearBorder.js';
import { type ConvolutionPart, windowFields } from './convolutionCall.js';
import type { FeatureMap } from './featureMap.js';
import type { Linear } from './linear.js';
import { type Kernel, type OperationFields, writeOperation } from './operations.js';
import type { Step } from './step.js';
import { blockOrder, sumsOrder } from './weightOrder.js';
import { type KeptWeights, tapSources } from './weights.js';
import type { Workspace } from './workspace.js';

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
  const perThread = (bytes: number) => Array.from({ length: workspace.threads }, () => memory.reserve(bytes));
  const winners = perThread(tile * output.imageStep);
  const foundStep = windows.length * 8;
  const found = isFirst ? perThread(tile * foundStep) : undefined;
  const foundCount = isFirst ? perThread(tile * 64) : undefined;

  const sources = tapSources(linear, kept, { rows, columns }, { direction: 'forward', pixelValues });
  const pack = (order: ReturnType<typeof blockOrder>, firstOutput: number) =>
    workspace.pack(layers, order, (kernelRow, value, channel) => sources(kernelRow, value, channel + firstOutput));
  const usesSums = !isFirst && run % 4 === 0;
  const sizes = { kernelRows: linear.kernel, run };
  const pairWeights = paired > 0 ? pack(blockOrder({ ...sizes, outputs: paired * 4 }), 0) : 0;
  const restOrder = usesSums ? sumsOrder : blockOrder;
  const restWeights = vectors > paired ? pack(restOrder({ ...sizes, outputs: 4 }), paired * 4) : 0;

  type Fields = OperationFields<'convolvePoolPairs'>;
  const convolution = (thread: number, first: number, number: number): Fields => ({
    input: source.values[thread]! + window.offset,
    inputImageStep: window.imageStep,
    inputRowStep: window.rowStep,
    inputColumnStep: window.columnStep,
    kernelRows: linear.kernel,
    kernelRowStep: source.rowStep,
    run,
    output: output.values[thread]! + first * 16,
    outputImageStep: output.imageStep,
    weights: first < paired ? pairWeights : restWeights,
    bias: workspace.weightAddress(kept.bias) + first * 16,
    floor: part.floor,
    vectors: number,
    winners: winners[thread]! + first * 16,
    blocks: found?.[thread] ?? all,
    blocksImageStep: isFirst ? foundStep : 0,
    blockCount: foundCount?.[thread] ?? count,
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
    write: (thread) => writeOperation(memory, kernel as 'convolvePoolPairs', convolution(thread, first, number)),
  }));

  if (found !== undefined && foundCount !== undefined) {
    const patchRows = linear.kernel + rows.inputStep;
    const patchRowBytes = Math.ceil(((linear.kernel + columns.inputStep) * source.pixelStep) / 16) * 16;
    const seenBytes = Math.ceil((2 * (output.width - 1) * window.columnStep + patchRowBytes) / 16) * 16;
    const seen = perThread(seenBytes);
    const emptyInput = memory.reserve(patchRows * source.rowStep + patchRowBytes);
    const origin = memory.constant([0, 0]);
    const one = memory.constant([1]);
    const response = perThread(vectors * 16);
    const emptyWinners = perThread(vectors * 16);
    const empty: Step[] = groups.map(({ kernel, first, number }) => {
      const emptyKernel = kernel === 'convolvePoolPairs' ? 'emptyWindowPairs' : 'emptyWindowSingles';
      return {
        layers,
        pass: 'forward',
        kernel: emptyKernel as Kernel,
        lanes: 'output channels',
        bytes: taps * number * 16,
        multiplyAdds: 0,
        write: (thread) =>
          writeOperation(memory, emptyKernel, {
            ...convolution(thread, first, number),
            input: emptyInput,
            output: response[thread]! + first * 16,
            winners: emptyWinners[thread]! + first * 16,
            blocks: origin,
            blocksImageStep: 0,
            blockCount: one,
            blockCountImageStep: 0,
          }),
      };
    });
    workspace.preparations.push(...empty);
    forward.unshift({
      layers,
      pass: 'forward',
      kernel: 'findWindows',
      lanes: 'values of a row',
      bytes: foundStep,
      multiplyAdds: 0,
      write: (thread) =>
        writeOperation(memory, 'findWindows', {
          input: source.values[thread]! + window.offset,
          inputImageStep: source.imageStep,
          inputRowStep: source.rowStep,
          patchRows,
          patchRowBytes,
          windows: all,
          count: windows.length,
          columns: output.width,
          seenBytes,
          seen: seen[thread]!,
          found: found[thread]!,
          foundImageStep: foundStep,
          foundCount: foundCount[thread]!,
          foundCountImageStep: 64,
          output: output.values[thread]!,
          outputImageStep: output.imageStep,
          winners: winners[thread]!,
          response: response[thread]!,
          vectors,
        }),
    });
  }

  const runVectors = Math.ceil(run / 4);
  const kernel = isFirst && runVectors === 1 ? 'poolGradientNarrow' : 'poolGradientWide';
  const list = perThread(windows.length * 8 + 8);
  const backward: Step = {
    layers,
    pass: 'backward',
    kernel,
    lanes: 'values of a kernel row',
    bytes: kept.count * 4,
    multiplyAdds: windows.length * linear.outputs * taps * (isFirst ? 1 : 2),
    write: (thread) =>
      writeOperation(memory, kernel, {
        gradient: output.gradient[thread]!,
        gradientImageStep: output.imageStep,
        winners: winners[thread]!,
        windows: all,
        count: windows.length,
        found: found?.[thread] ?? 0,
        foundImageStep: foundStep,
        foundCount: foundCount?.[thread] ?? 0,
        foundCountImageStep: 64,
        biasGradient: kept.bias * 4,
        channels: kernel === 'poolGradientNarrow' ? vectors * 4 : linear.outputs,
        input: source.values[thread]! + window.offset,
        inputImageStep: source.imageStep,
        kernelRows: linear.kernel,
        kernelRowStep: source.rowStep,
        runVectors,
        weights: workspace.weightAddress(kept.weights),
        output: kept.weights * 4,
        inputGradient: isFirst ? 0 : source.gradient[thread]! + window.offset,
        clear: isFirst ? 0 : source.gradient[thread]! - source.lead,
        clearBytes: source.imageStep,
        list: list[thread]!,
        clearImageStep: source.imageStep,
      }),
  };
  return { forward, backward: [backward, ...(isFirst ? [] : clearBorderSteps(workspace, layers, source))] };
}
