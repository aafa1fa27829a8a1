// The program that trains: for each image the way forward, the loss, the way back.

import type { Step } from './kernelCall.js';
import { squaredErrorGradientStep, squaredErrorStep } from './layers/elementwiseSteps.js';
import type { FeatureMap } from './memory/featureMap.js';
import type { Workspace } from './memory/workspace.js';
import type { UnitSteps } from './planFusedLayer.js';

export interface TrainingPart {
  readonly units: readonly UnitSteps[];
  readonly loadInput: Step;
  readonly loadTarget: Step;
  readonly output: FeatureMap;
  readonly target: FeatureMap;
}

export function trainingSteps(workspace: Workspace, part: TrainingPart): readonly Step[] {
  const { units, loadInput, loadTarget, output, target } = part;
  const [last, before] = [units[units.length - 1]!, units.slice(0, -1)];
  const forward = before.flatMap((unit) => unit.forward);
  const backward = before.toReversed().flatMap((unit) => unit.backward);
  const { convolution } = last;
  const isOneVector = output.pixelStep <= 16;
  if (convolution === undefined || !isOneVector)
    return [
      ...[loadInput, ...forward, ...last.forward],
      ...[loadTarget, squaredErrorStep(workspace, output, target)],
      ...[...last.backward, ...backward],
    ];
  return [
    ...[loadInput, ...forward, ...convolution.forward],
    ...[loadTarget, squaredErrorGradientStep(workspace, { output, target, ...convolution })],
    ...[...convolution.backward, ...backward],
  ];
}
