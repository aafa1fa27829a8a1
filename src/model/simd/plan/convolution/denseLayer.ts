// Dense layers that leave out inputs of zero; see `assembly/convolution/denseNonZeros.ts` and `denseGradientNonZeros.ts`.
import type { FusedLayerPlace } from '../fusedLayer.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';
import type { ConvolutionGeometry } from './convolutionGeometry.js';

/** Vectors of outputs: lists of what is not zero have to serve some. */
const FEWEST_VECTORS = 16;

export function leavesZerosOut(vectors: number): boolean {
  return vectors >= FEWEST_VECTORS;
}

/**
 * The gradient of the weights leaves out zeros of one side, which lies across the lanes: of the inputs, or where only relu makes some, of the
 * outputs' gradients. Then the weights are kept with inputs and outputs swapped.
 */
export function suitsTransposed(
  { kind, activation, inputs, outputs }: ConvolutionGeometry,
  place: FusedLayerPlace,
): boolean {
  const isWhole = inputs % 8 === 0 && outputs % 8 === 0;
  return kind === 'dense' && activation === 'relu' && !place.hasZeros && isWhole && leavesZerosOut(inputs / 4);
}

/** For each thread lists of the inputs that are not zero: of every image, or of every input, which takes less. */
export function denseScratch(workspace: Workspace, inputs: number) {
  const scratchStep = Math.ceil((8 + inputs * 8) / 16) * 16 + 16;
  return {
    scratch: workspace.perThread(Math.max(workspace.tile * scratchStep, (workspace.tile + 1) * inputs * 8 + 16)),
    scratchStep,
  };
}

/** Whether weights are finite, looked for once a job. @returns for each thread where it says so */
export function finiteWeights(
  workspace: Workspace,
  layers: string,
  { weights, bytes }: { readonly weights: () => number; readonly bytes: number },
): readonly number[] {
  const finite = workspace.perThread(16);
  workspace.preparations.push({
    layers,
    pass: 'forward',
    kernel: 'checkFinite',
    lanes: 'values side by side',
    bytes,
    multiplyAdds: 0,
    write: (thread) => writeOperation(workspace.memory, 'checkFinite', { from: weights(), bytes, to: finite[thread]! }),
  });
  return finite;
}
