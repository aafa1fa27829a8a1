// Layers that add to the loss: a variational latent by its divergence, activity regularization by how large values are.
import type { NetworkLayer } from '../../../architecture.js';
import { noiseLayer, normalParts } from '../../../layers/definition/trainingNoise.js';
import type { FusedLayer, FusedLayerPlace } from '../fusedLayer.js';
import { layerNames } from '../fusedLayer.js';
import type { KernelCall } from '../kernelCall.js';
import { mapBytes } from '../memory/featureMap.js';
import { type OperationFields, writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';
import { copyStep } from './noiseLayers.js';

type PenaltyKernel = 'sample' | 'sampleGradient' | 'divergence' | 'absoluteSum' | 'absoluteSumGradient';

/** Outside of training the latent is the mean, which comes first. */
export function variationalLayer(layer: NetworkLayer): FusedLayer {
  return {
    layers: [layer],
    hasWeights: false,
    plan(workspace, place) {
      const { from, to, hasInputGradient } = place;
      const means = { ...from, channels: to.channels };
      const table = workspace.memory.constant(new Int32Array(normalParts().buffer));
      const step = penaltySteps(workspace, layer, place, { table, layer: noiseLayer(layer.name) });
      return {
        forward: [copyStep(workspace, layerNames([layer]), means, to)],
        trainingForward: [step('sample', 'forward')],
        penalty: [step('divergence', 'forward')],
        backward: hasInputGradient ? [step('sampleGradient', 'backward')] : [],
      };
    },
  };
}

export function activityRegularizationLayer(layer: NetworkLayer): FusedLayer {
  return {
    layers: [layer],
    hasWeights: false,
    plan(workspace, place) {
      const { from, to, hasInputGradient } = place;
      const step = penaltySteps(workspace, layer, place, {});
      return {
        forward: [copyStep(workspace, layerNames([layer]), from, to)],
        penalty: [step('absoluteSum', 'forward')],
        backward: hasInputGradient ? [step('absoluteSumGradient', 'backward')] : [],
      };
    },
  };
}

/** Calls of kernels that share what they read. @param own fields of the layer's own */
function penaltySteps(
  workspace: Workspace,
  { name, penalty }: NetworkLayer,
  { from, to }: FusedLayerPlace,
  own: OperationFields<PenaltyKernel>,
): (kernel: PenaltyKernel, pass: 'forward' | 'backward') => KernelCall {
  const { weight, warmUp } = penalty!;
  const sum = workspace.addPenalty(penalty!);
  return (kernel, pass) => ({
    layers: name,
    kernel,
    pass,
    lanes: 'one by one',
    bytes: mapBytes(from),
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, kernel, {
        ...own,
        values: from.values[thread]!,
        gradient: from.gradient[thread] ?? 0,
        imageStep: from.imageStep,
        rowStep: from.rowStep,
        pixelStep: from.pixelStep,
        rows: from.height,
        columns: from.width,
        channels: from.channels,
        output: to.values[thread]!,
        outputGradient: to.gradient[thread]!,
        outputImageStep: to.imageStep,
        outputRowStep: to.rowStep,
        outputPixelStep: to.pixelStep,
        sum,
        weight,
        warmUp,
      }),
  });
}
