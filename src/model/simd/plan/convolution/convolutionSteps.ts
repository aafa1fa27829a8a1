// A grid of windows as kernel calls: with which weights, and where those lie.

import type { KernelCall } from '../kernelCall.js';
import { outputOrder } from '../memory/weightOrder.js';
import type { Workspace } from '../memory/workspace.js';
import { always, type ConvolutionPart, kernelSteps, leavesDot, packedOrder } from './convolutionCall.js';
import type { ConvolutionGeometry, Grid } from './convolutionGeometry.js';
import { canJoinPhases, joinedPhases } from './joinedPhases.js';
import { phaseSizes, tapSources } from './weights.js';

export function convolutionSteps(workspace: Workspace, part: ConvolutionPart): readonly KernelCall[] {
  const { geometry, direction, kept, from, layers } = part;
  const { rows, columns }: Grid = geometry[direction];
  const pixelValues = from.map.pixelStep / 4;
  const bias = direction === 'forward' ? kept.biasAddress : zeros(workspace, geometry.inputs);
  if (canJoinPhases(part)) return joinedPhases(workspace, part);
  return rows.flatMap((row) =>
    columns.flatMap((column) => {
      const outputs = direction === 'forward' ? geometry.outputs : geometry.inputs;
      const isSingle = part.to.map.pixelStep === 4;
      const sizes = { ...phaseSizes(row, column, pixelValues), outputs: isSingle ? 1 : outputs };
      const isBlocks = kept.style === 'blocks' && !leavesDot(sizes);
      const inPlace = isKept(geometry, direction) && (isSingle || isBlocks);
      const weights = inPlace
        ? () => workspace.weightAddress(kept.weights)
        : isTransposedDense(part)
          ? always(workspace.packTransposed(layers, kept.weights, ...keptSides(geometry)))
          : always(
              workspace.pack(
                layers,
                isSingle ? outputOrder(sizes) : packedOrder(sizes),
                tapSources(geometry, kept, { rows: row, columns: column }, { direction, pixelValues }),
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
function isKept({ isTransposed, isMerged }: ConvolutionGeometry, direction: 'forward' | 'backward'): boolean {
  if (isMerged) return false;
  return isTransposed ? direction === 'backward' : direction === 'forward';
}

/** Of a dense layer: what its weights as they are kept take in, and what they put out. */
function keptSides({ inputs, outputs, isTransposed }: ConvolutionGeometry): readonly [inputs: number, outputs: number] {
  return isTransposed ? [outputs, inputs] : [inputs, outputs];
}

/** A dense layer's other way, for which weights only change places. */
function isTransposedDense({ geometry, direction, kept, from, to }: ConvolutionPart): boolean {
  const isBlocks = kept.style === 'blocks' && geometry.inputs % 8 === 0 && geometry.outputs % 8 === 0;
  return (
    geometry.kind === 'dense' &&
    direction === (geometry.isTransposed ? 'forward' : 'backward') &&
    isBlocks &&
    from.map.pixelStep > 4 &&
    to.map.pixelStep > 4
  );
}

function zeros(workspace: Workspace, values: number): () => number {
  return always(workspace.memory.reserve(Math.ceil(values / 4) * 16));
}
