// The program that trains: for each image the way forward, the loss, the way back.

import type { FusedLayerSteps } from './fusedLayer.js';
import type { KernelCall } from './kernelCall.js';
import { squaredErrorGradientStep } from './layers/lossSteps.js';
import type { FeatureMap } from './memory/featureMap.js';
import type { Workspace } from './memory/workspace.js';

export interface TrainingPart {
  readonly fusedLayers: readonly FusedLayerSteps[];
  /** Compares output and target, which are loaded. */
  readonly lossSteps: () => readonly KernelCall[];
  /** The loss is the mean squared error. */
  readonly isSquaredError: boolean;
  readonly loadInput: KernelCall;
  readonly loadTarget: KernelCall;
  readonly output: FeatureMap;
  readonly target: FeatureMap;
}

export function trainingSteps(workspace: Workspace, part: TrainingPart): readonly KernelCall[] {
  const { fusedLayers, lossSteps, isSquaredError, loadInput, loadTarget, output, target } = part;
  const [last, before] = [fusedLayers[fusedLayers.length - 1]!, fusedLayers.slice(0, -1)];
  const forward = before.flatMap(inTraining);
  const backward = before.toReversed().flatMap((fused) => fused.backward);
  const { convolution } = last;
  const isOneVector = output.pixelStep <= 16;
  if (convolution === undefined || !isOneVector || !isSquaredError)
    return [
      ...[loadInput, ...forward, ...inTraining(last)],
      ...[loadTarget, ...lossSteps()],
      ...[...last.backward, ...backward],
    ];
  return [
    ...[loadInput, ...forward, ...convolution.forward],
    ...[loadTarget, squaredErrorGradientStep(workspace, { output, target, ...convolution })],
    ...[...convolution.backward, ...backward],
  ];
}

function inTraining({ forward, trainingForward = forward, penalty = [] }: FusedLayerSteps): readonly KernelCall[] {
  return [...trainingForward, ...penalty];
}
