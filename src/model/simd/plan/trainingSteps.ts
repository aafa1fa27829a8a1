// The program that trains: for each image the way forward, the loss, the way back; in several segments where a layer needs the
// statistics of all images.

import type { FusedLayerSteps } from './fusedLayer.js';
import type { KernelCall } from './kernelCall.js';
import { squaredErrorGradientStep } from './layers/lossSteps.js';
import type { FeatureMap } from './memory/featureMap.js';
import type { Workspace } from './memory/workspace.js';

/** Part of a program that begins when all images have come through the part before. */
export interface Segment {
  /** What each thread does once, before its first image. */
  readonly preparations: readonly KernelCall[];
  /** What it does for each image. */
  readonly passes: readonly KernelCall[];
}

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

export function trainingSteps(workspace: Workspace, part: TrainingPart): readonly Segment[] {
  const { fusedLayers, lossSteps, isSquaredError, loadInput, loadTarget, output, target } = part;
  const [last, before] = [fusedLayers[fusedLayers.length - 1]!, fusedLayers.slice(0, -1)];
  const { convolution } = last;
  const isOneVector = output.pixelStep <= 16;
  const turn: Pass =
    convolution === undefined || !isOneVector || !isSquaredError
      ? [...forward(last), loadTarget, ...lossSteps(), ...backward(last)]
      : [
          ...convolution.forward,
          ...[loadTarget, squaredErrorGradientStep(workspace, { output, target, ...convolution })],
          ...convolution.backward,
        ];
  const pass = [loadInput, ...before.flatMap(forward), ...turn, ...before.toReversed().flatMap(backward)];
  return inSegments(workspace.preparations, pass);
}

/** Kernel calls for each image, and in between those that each thread does once when all images have come so far. */
type Pass = readonly (KernelCall | { readonly once: KernelCall })[];

function forward({ batch, forward, trainingForward = forward, penalty = [] }: FusedLayerSteps): Pass {
  const steps = [...trainingForward, ...penalty];
  return batch === undefined ? steps : [...batch.sums, { once: batch.statistics }, ...steps];
}

function backward({ batch, backward }: FusedLayerSteps): Pass {
  if (batch === undefined) return backward;
  return backward.length === 0
    ? batch.gradientSums
    : [...batch.gradientSums, { once: batch.gradientMeans }, ...backward];
}

function inSegments(preparations: readonly KernelCall[], pass: Pass): readonly Segment[] {
  const at = pass.findIndex((step) => 'once' in step);
  if (at < 0) return [{ preparations, passes: pass as readonly KernelCall[] }];
  const { once } = pass[at] as { readonly once: KernelCall };
  const passes = pass.slice(0, at) as readonly KernelCall[];
  return [{ preparations, passes }, ...inSegments([once], pass.slice(at + 1))];
}
