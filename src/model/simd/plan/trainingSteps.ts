// The program that trains: for each image the way forward, the loss, the way back.
import type { FeatureMap } from './featureMap.js';
import type { UnitSteps } from './planUnit.js';
import type { Step } from './step.js';
import { squaredErrorGradientStep, squaredErrorStep } from './valueSteps.js';
import type { Workspace } from './workspace.js';

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
