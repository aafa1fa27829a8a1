// The gradient of a layer's weights as kernel calls, where no pooling is fused.

import type { KernelCall } from '../kernelCall.js';
import type { FeatureMap } from '../memory/featureMap.js';
import { type Kernel, writeOperation } from '../memory/operations.js';
import { blockOrder, outputOrder } from '../memory/weightOrder.js';
import { gatherLists, type Workspace } from '../memory/workspace.js';
import { outputFields, windowFields } from './convolutionCall.js';
import type { ConvolutionGeometry } from './convolutionGeometry.js';
import { denseScratch, leavesZerosOut } from './denseLayer.js';
import type { Phase } from './phases.js';
import { type KeptWeights, phaseSizes, tapSources, usesRowGradient } from './weights.js';

export interface WeightGradientPart {
  readonly geometry: ConvolutionGeometry;
  readonly kept: KeptWeights;
  readonly layers: string;
  readonly source: FeatureMap;
  readonly output: FeatureMap;
}

export function weightGradientSteps(workspace: Workspace, part: WeightGradientPart): readonly KernelCall[] {
  const { geometry, kept, source, output } = part;
  if (geometry.isMerged) return mergedSteps(workspace, part);
  const [rows] = geometry.kind === 'conv2dTranspose' ? geometry.backward.rows : geometry.forward.rows;
  const [columns] = geometry.kind === 'conv2dTranspose' ? geometry.backward.columns : geometry.forward.columns;
  const to = () => kept.weights * 4;
  // A transposed convolution is the input gradient of a plain one: input and gradient change places.
  return geometry.isTransposed
    ? phaseSteps(workspace, part, {
        rows: rows!,
        columns: columns!,
        to,
        outputs: geometry.inputs,
        input: output,
        inputAddress: output.gradient,
        gradient: source,
        gradientAddress: source.values,
      })
    : phaseSteps(workspace, part, {
        rows: rows!,
        columns: columns!,
        to,
        outputs: geometry.outputs,
        input: source,
        inputAddress: source.values,
        gradient: output,
        gradientAddress: output.gradient,
      });
}

interface PhasePart {
  readonly rows: Phase;
  readonly columns: Phase;
  /** Where among a shard's gradients. */
  readonly to: () => number;
  readonly outputs: number;
  readonly input: FeatureMap;
  readonly inputAddress: readonly number[];
  readonly gradient: FeatureMap;
  readonly gradientAddress: readonly number[];
}

function phaseSteps(
  workspace: Workspace,
  { geometry, layers }: WeightGradientPart,
  phase: PhasePart,
): readonly KernelCall[] {
  const { rows, columns, input, gradient, outputs } = phase;
  const { memory } = workspace;
  const isDense = geometry.kind === 'dense';
  const windows = windowFields(input, rows, columns);
  const pixels = outputFields(gradient, rows, columns);
  const { kernelRows, rowValues } = phaseSizes(rows, columns, input.pixelStep / 4);
  const taps = kernelRows * rowValues;
  const common = (thread: number) => ({
    input: phase.inputAddress[thread]! + windows.offset,
    inputImageStep: windows.imageStep,
    inputRowStep: windows.rowStep,
    inputColumnStep: isDense ? windows.imageStep : windows.columnStep,
    gradient: phase.gradientAddress[thread]! + pixels.offset,
    gradientImageStep: pixels.imageStep,
    gradientRowStep: pixels.rowStep,
    gradientColumnStep: isDense ? pixels.imageStep : pixels.columnStep,
    rows: rows.count,
    columns: isDense ? 0 : columns.count,
  });
  const describe = (kernel: Kernel, lanes: string, channels: number) => ({
    layers,
    pass: 'backward' as const,
    kernel,
    lanes,
    bytes: taps * channels * 4,
    multiplyAdds: rows.count * columns.count * taps * channels,
    isWhole: isDense,
  });
  if (usesRowGradient(outputs, rowValues))
    return [
      {
        ...describe('weightGradientRow', 'along a kernel row', outputs),
        write: (thread) =>
          writeOperation(memory, 'weightGradientRow', {
            ...common(thread),
            kernelRows,
            kernelRowStep: input.rowStep,
            rowValues,
            output: phase.to(),
            channels: outputs,
          }),
      },
    ];
  const vectors = Math.ceil(outputs / 4);
  const paired = vectors - (vectors % 2);
  const tapOffsets = memory.constant(
    Array.from({ length: taps }, (_, tap) => Math.floor(tap / rowValues) * input.rowStep + (tap % rowValues) * 4),
  );
  const leavesOut = isDense && leavesZerosOut(vectors);
  const scratch = leavesOut ? denseScratch(workspace, taps).scratch : [];
  const pairKernel = leavesOut ? 'denseGradientNonZeros' : 'weightGradient4x8';
  const step = (kernel: typeof pairKernel | 'weightGradient4x4', first: number, count: number): KernelCall => ({
    ...describe(kernel, 'output channels', count * 4),
    write: (thread) => {
      const fields = common(thread);
      return writeOperation(memory, kernel, {
        ...fields,
        tapOffsets,
        taps,
        gradient: fields.gradient + first * 16,
        output: phase.to() + first * 16 * taps,
        vectors: count,
        scratch: scratch[thread] ?? 0,
      });
    },
  });
  return [
    ...(paired > 0 ? [step(pairKernel, 0, paired)] : []),
    ...(vectors > paired ? [step('weightGradient4x4', paired, 1)] : []),
  ];
}

/** Each phase's weights have their own gradient; after a shard's last image each parameter takes the sum of its own. */
function mergedSteps(workspace: Workspace, part: WeightGradientPart): readonly KernelCall[] {
  const { geometry, kept, source, output, layers } = part;
  const lists: number[][] = Array.from({ length: kept.count }, () => []);
  const steps: KernelCall[] = [];
  const later: (() => void)[] = [];
  for (const rows of geometry.forward.rows)
    for (const columns of geometry.forward.columns) {
      const pixelValues = source.pixelStep / 4;
      const sizes = { ...phaseSizes(rows, columns, pixelValues), outputs: geometry.outputs };
      const order = usesRowGradient(sizes.outputs, sizes.rowValues) ? outputOrder(sizes) : blockOrder(sizes);
      const sources = tapSources(geometry, kept, { rows, columns }, { direction: 'forward', pixelValues });
      let count = 0;
      order(() => count++);
      const offset = workspace.reserveMergedGradient(count);
      later.push(() => {
        let at = offset();
        order((kernelRow, value, channel) => {
          const parameters = sources(kernelRow, value, channel);
          workspace.list(parameters.length);
          for (const parameter of parameters) lists[parameter - kept.weights]!.push(at);
          at++;
        });
      });
      const to = () => offset() * 4;
      steps.push(
        ...phaseSteps(workspace, part, {
          rows,
          columns,
          to,
          outputs: geometry.outputs,
          input: source,
          inputAddress: source.values,
          gradient: output,
          gradientAddress: output.gradient,
        }),
      );
    }
  workspace.finishes.push({
    layers,
    pass: 'backward',
    kernel: 'gatherGradients',
    lanes: 'one by one',
    bytes: kept.count * 4,
    multiplyAdds: 0,
    write: () => {
      for (const fill of later) fill();
      return writeOperation(workspace.memory, 'gatherGradients', {
        to: kept.weights * 4,
        ...gatherLists(workspace.memory, lists),
      });
    },
  });
  return steps;
}
