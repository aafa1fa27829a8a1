// The gradients of a convolution fused with 2×2 max pooling: only the pixel that won its window has one.

import type { windowFields } from '../convolution/convolutionCall.js';
import type { KernelCall } from '../kernelCall.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';
import { clearBorderSteps } from './clearBorder.js';
import type { PoolPart } from './poolPart.js';
import type { PoolWindows, WindowLists } from './poolWindows.js';

export interface PoolGradientPart {
  readonly window: ReturnType<typeof windowFields>;
  readonly windows: PoolWindows;
  readonly argmax: readonly number[];
  readonly rowValues: number;
  /** Those that see anything but zeros, where that is known. */
  readonly found: WindowLists | undefined;
}

export function poolGradientSteps(
  workspace: Workspace,
  { geometry, kept, layers, source, output, hasInputGradient }: PoolPart,
  { window, windows, argmax, rowValues, found }: PoolGradientPart,
): readonly KernelCall[] {
  const rowVectors = Math.ceil(rowValues / 4);
  const kernel = !hasInputGradient && rowVectors === 1 ? 'convPoolGradientNarrow' : 'convPoolGradientWide';
  const listStep = windows.listBytes + 8;
  const list = workspace.perThread(4 * listStep);
  const step: KernelCall = {
    layers,
    pass: 'backward',
    kernel,
    lanes: 'along a kernel row',
    bytes: kept.count * 4,
    multiplyAdds: windows.count * geometry.outputs * geometry.kernelRows * rowValues * (hasInputGradient ? 2 : 1),
    write: (thread) =>
      writeOperation(workspace.memory, kernel, {
        gradient: output.gradient[thread]!,
        gradientImageStep: output.imageStep,
        argmax: argmax[thread]!,
        windows: windows.all,
        count: windows.count,
        found: found?.lists[thread] ?? 0,
        foundImageStep: found?.listStep ?? 0,
        foundCount: found?.lengths[thread] ?? 0,
        foundCountImageStep: found?.lengthStep ?? 0,
        biasGradient: kept.biasGradient(),
        channels: kernel === 'convPoolGradientNarrow' ? Math.ceil(geometry.outputs / 4) * 4 : geometry.outputs,
        input: source.values[thread]! + window.offset,
        inputImageStep: source.imageStep,
        kernelRows: geometry.kernelRows,
        kernelRowStep: source.rowStep,
        rowVectors,
        weights: workspace.weightAddress(kept.weights),
        output: kept.weights * 4,
        inputGradient: hasInputGradient ? source.gradient[thread]! + window.offset : 0,
        clear: hasInputGradient ? source.gradient[thread]! - source.lead : 0,
        clearBytes: source.imageStep,
        list: list[thread]!,
        listStep,
        clearImageStep: source.imageStep,
      }),
  };
  return [step, ...(hasInputGradient ? clearBorderSteps(workspace, layers, source) : [])];
}
