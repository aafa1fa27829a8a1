// A grid of windows as kernel calls: with which weights, and where those lie.

import type { Step } from '../kernelCall.js';
import { outputOrder } from '../memory/weightOrder.js';
import type { Workspace } from '../memory/workspace.js';
import { always, type ConvolutionPart, kernelSteps, leavesSums, packedOrder } from './convolutionCall.js';
import { canJoinPhases, joinedPhases } from './joinedPhases.js';
import type { Grid, Linear } from './linear.js';
import { phaseSizes, tapSources } from './weights.js';

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

function zeros(workspace: Workspace, values: number): () => number {
  return always(workspace.memory.reserve(Math.ceil(values / 4) * 16));
}
