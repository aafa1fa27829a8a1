// The end of the way forward and the beginning of the way back: what comes out is compared with what should.
import { ACTIVATIONS, type Activation } from '../../../activations.js';
import type { LossName } from '../../../losses/losses.js';
import type { ChosenLoss, ChosenTerm } from '../../../losses/lossOptions.js';
import type { KernelCall } from '../kernelCall.js';
import { type FeatureMap, mapBytes } from '../memory/featureMap.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';
import { activateStep, valueFields } from './elementwiseSteps.js';
import type { LossStepPlace } from './lossStepPlace.js';
import { structuralSimilarityStep } from './structuralSimilarityStep.js';

/** What the end of the way forward and the beginning of the way back are made of. */
export interface LastLayer {
  readonly activation: Activation;
  /** Where among a shard's gradients its bias's go, in bytes. */
  readonly biasGradient: () => number;
}

/** Kernels that compare value by value. */
type PointwiseKernel =
  | 'squaredError'
  | 'absoluteError'
  | 'huberLoss'
  | 'binaryCrossEntropy'
  | 'binaryCrossEntropyOfLogits';

interface LossKernels {
  readonly step: (workspace: Workspace, place: LossStepPlace) => KernelCall;
  /** Instead, of what goes into the last sigmoid. */
  readonly ofLogits?: (workspace: Workspace, place: LossStepPlace) => KernelCall;
  /** What the kernel leaves out of its gradient. @default 1 */
  readonly factor?: number;
}

const LOSSES: Record<LossName, LossKernels> = {
  mse: { step: pointwise('squaredError'), factor: 2 },
  mae: { step: pointwise('absoluteError') },
  huber: { step: pointwise('huberLoss') },
  bce: { step: pointwise('binaryCrossEntropy'), ofLogits: pointwise('binaryCrossEntropyOfLogits') },
  ssim: { step: structuralSimilarityStep },
};

/** Bytes of a loss among those of a shard: its sum, and that of the squared error. */
export const LOSS_BYTES = 16;

/** Bytes of a shard's losses. */
export function lossBytes({ terms }: ChosenLoss): number {
  return terms.length * LOSS_BYTES;
}

export interface ComparedMaps {
  readonly output: FeatureMap;
  readonly target: FeatureMap;
  /** The output is what goes into the last sigmoid. */
  readonly areLogits: boolean;
}

/** Every loss of a sum, without what they add up to on the way back. */
export function evaluationSteps(workspace: Workspace, loss: ChosenLoss, maps: ComparedMaps): readonly KernelCall[] {
  const { ofLogits, ofOutput } = termSteps(loss, maps);
  return [
    ...ofLogits.map((step) => step(workspace)),
    ...shownSteps(workspace, maps, ofOutput),
    ...ofOutput.map((step) => step(workspace)),
  ];
}

/** Every loss of a sum, and the sum of their gradients where the output's is. @param reserve a further map as the output's */
export function lossSteps(
  workspace: Workspace,
  loss: ChosenLoss,
  maps: ComparedMaps,
  reserve: () => FeatureMap,
): readonly KernelCall[] {
  const { output, areLogits } = maps;
  const { ofLogits, ofOutput } = termSteps(loss, maps);
  const [first, ...others] = [...ofLogits, ...ofOutput];
  if (others.length === 0) return [first!(workspace, output.gradient)];
  const added = reserve().values;
  const add = () => addGradientStep(workspace, output, added, areLogits ? 'sigmoid' : 'linear');
  return [
    first!(workspace, output.gradient),
    ...shownSteps(workspace, maps, ofOutput),
    ...others.flatMap((step) => [step(workspace, added), add()]),
  ];
}

type TermStep = (workspace: Workspace, gradient?: readonly number[]) => KernelCall;

/** Those that take what goes into the last sigmoid come first: after them it is no more. */
function termSteps({ terms }: ChosenLoss, { output, target, areLogits }: ComparedMaps) {
  const isOfLogits = ({ name }: ChosenTerm) => areLogits && LOSSES[name].ofLogits !== undefined;
  const stepOf = (term: ChosenTerm): TermStep => {
    const { step, ofLogits, factor = 1 } = LOSSES[term.name];
    const place = { output, target, weight: factor * term.weight, lossAt: terms.indexOf(term) * LOSS_BYTES };
    return (workspace, gradient) => (isOfLogits(term) ? ofLogits! : step)(workspace, { ...place, gradient });
  };
  return {
    ofLogits: terms.filter(isOfLogits).map(stepOf),
    ofOutput: terms.filter((term) => !isOfLogits(term)).map(stepOf),
  };
}

/** The sigmoid that was left out, for those that need what comes out of it. */
function shownSteps(workspace: Workspace, { output, areLogits }: ComparedMaps, ofOutput: readonly TermStep[]) {
  return areLogits && ofOutput.length > 0
    ? [activateStep(workspace, 'loss', output, { activation: 'sigmoid', negativeSlope: 0, derivatives: undefined })]
    : [];
}

function pointwise(kernel: PointwiseKernel): LossKernels['step'] {
  return (workspace, { output, target, gradient, weight, lossAt }) => {
    const fields = valueFields(workspace, output);
    return {
      layers: 'loss',
      pass: 'forward',
      kernel,
      lanes: kernel === 'binaryCrossEntropy' ? 'one by one' : 'values side by side',
      bytes: mapBytes(output),
      multiplyAdds: 0,
      write: (thread) =>
        writeOperation(workspace.memory, kernel, {
          ...fields,
          values: output.values[thread]!,
          // It is written on the way, whether or not anybody asks for it.
          gradient: (gradient ?? output.gradient)[thread]!,
          target: target.values[thread]!,
          ...{ weight, lossAt },
        }),
    };
  };
}

/** @see assembly/losses/addGradient.ts */
function addGradientStep(
  workspace: Workspace,
  output: FeatureMap,
  added: readonly number[],
  activation: Activation,
): KernelCall {
  const fields = valueFields(workspace, output);
  return {
    layers: 'loss',
    pass: 'forward',
    kernel: 'addGradient',
    lanes: 'values side by side',
    bytes: mapBytes(output),
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, 'addGradient', {
        ...fields,
        values: output.values[thread]!,
        gradient: output.gradient[thread]!,
        added: added[thread]!,
        activation: ACTIVATIONS.indexOf(activation),
      }),
  };
}

/** Instead of the last layer's activation, the squared error, and the gradient before the activation. */
export function squaredErrorGradientStep(
  workspace: Workspace,
  {
    output,
    target,
    activation,
    biasGradient,
  }: LastLayer & { readonly output: FeatureMap; readonly target: FeatureMap },
): KernelCall {
  const fields = valueFields(workspace, output);
  return {
    layers: 'loss',
    pass: 'forward',
    kernel: 'squaredErrorGradient',
    lanes: 'values side by side',
    bytes: mapBytes(output),
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, 'squaredErrorGradient', {
        ...fields,
        values: output.values[thread]!,
        gradient: output.gradient[thread]!,
        target: target.values[thread]!,
        activation: ACTIVATIONS.indexOf(activation),
        biasGradient: biasGradient(),
        weight: LOSSES.mse.factor!,
      }),
  };
}
