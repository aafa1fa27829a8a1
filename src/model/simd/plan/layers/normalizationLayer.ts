// Batch normalization. Its statistics need all images of a batch, on the way forward and back, so that it parts a program in segments.
import { type Activation, NEGATIVE_SLOPE } from '../../../activations.js';
import type { NetworkLayer } from '../../../architecture.js';
import { type BatchNormalization, normalizationSettings } from '../../../layers/batchNormalization.js';
import { plannedActivations } from '../activations.js';
import {
  type FusedLayer,
  type FusedLayerPlace,
  type FusedLayerSteps,
  layerNames,
  type WithLogits,
} from '../fusedLayer.js';
import type { KernelCall } from '../kernelCall.js';
import { mapBytes } from '../memory/featureMap.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';
import { activateStep, activationGradientStep } from './elementwiseSteps.js';

/** `COEFFICIENTS` of `assembly/normalization/normalization.ts`. */
const COEFFICIENT_BYTES = 6 * 16;
/** Float32 values that the sums of a vector take: two float64 for each lane. */
const SUM_VALUES = 16;

/** @param pooling a 2×2 max pooling after it */
export function normalizationLayer(layer: NetworkLayer, pooling: NetworkLayer | undefined): FusedLayer {
  const layers = pooling === undefined ? [layer] : [layer, pooling];
  return {
    layers,
    hasWeights: true,
    needsBatch: true,
    loadsVectors: true,
    storesVectors: true,
    plan: (workspace, place) => planNormalization(workspace, layers, place),
  };
}

function planNormalization(workspace: Workspace, layers: readonly NetworkLayer[], maps: FusedLayerPlace): WithLogits {
  const [place, pooling] = layers as [NetworkLayer, NetworkLayer?];
  const { activation = 'linear', negativeSlope = NEGATIVE_SLOPE } = place.layer as BatchNormalization;
  const { to, hasInputGradient } = maps;
  const name = layerNames(layers);
  const kernels = pooling === undefined ? KERNELS : POOLED_KERNELS;
  const kept = keepParameters(workspace, place, to.channels);
  const step = stepOf(workspace, place, maps, { ...kept, name });
  const derivatives = plannedActivations[activation].turns ? workspace.perImage(to.imageStep) : undefined;
  const around = (outer: Activation): FusedLayerSteps => {
    const { floor } = plannedActivations[outer];
    const activated = { activation: outer, negativeSlope, derivatives };
    return {
      forward: [
        step(kernels.normalize, 'forward', floor ?? Number.NEGATIVE_INFINITY),
        ...(floor === undefined ? [activateStep(workspace, name, to, activated)] : []),
      ],
      backward: hasInputGradient ? [step(kernels.gradient, 'backward')] : [],
      batch: {
        sums: [step('channelSums', 'forward')],
        statistics: step('batchStatistics', 'forward'),
        gradientSums: [
          activationGradientStep(workspace, name, to, { ...activated, biasGradient: () => kept.bias * 4 }),
          step(kernels.scaleGradient, 'backward'),
        ],
        gradientMeans: step('gradientMeans', 'backward'),
        runningStatistics: step('runningStatistics', 'forward'),
      },
    };
  };
  return { ...around(activation), ...(pooling === undefined && { logits: () => around('linear') }) };
}

type KeptParameters = ReturnType<typeof keepParameters>;

/** Offsets of scale and shift among the parameters, and of the running statistics behind them. */
function keepParameters({ parameters }: Workspace, layer: NetworkLayer, channels: number) {
  const [weight, bias] = [parameters.reserve(channels), parameters.reserve(channels)];
  const sideBySide = (first: number) => Int32Array.from({ length: channels }, (_, channel) => first + channel);
  parameters.place(layer, 'weight', sideBySide(weight));
  parameters.place(layer, 'bias', sideBySide(bias));
  const [, , mean, variance] = layer.weights;
  return {
    weight,
    bias,
    runningMean: parameters.reserveStatistics(mean!.name, channels),
    runningVariance: parameters.reserveStatistics(variance!.name, channels),
  };
}

/** What is another kernel where a pooling is computed in the same pass. */
const KERNELS = {
  normalize: 'normalize',
  scaleGradient: 'scaleGradient',
  gradient: 'normalizationGradient',
} as const;
const POOLED_KERNELS = {
  normalize: 'normalizePool',
  scaleGradient: 'pooledScaleGradient',
  gradient: 'pooledNormalizationGradient',
} as const;

type NormalizationKernel =
  | 'channelSums'
  | 'batchStatistics'
  | 'runningStatistics'
  | 'gradientMeans'
  | (typeof KERNELS | typeof POOLED_KERNELS)[keyof typeof KERNELS];

function stepOf(
  workspace: Workspace,
  { layer }: NetworkLayer,
  { from, to }: FusedLayerPlace,
  { name, weight, bias, runningMean, runningVariance }: KeptParameters & { readonly name: string },
) {
  const vectors = Math.ceil(to.channels / 4);
  const sums = workspace.reserveMergedGradient(vectors * SUM_VALUES);
  const coefficients = workspace.perThread(vectors * COEFFICIENT_BYTES);
  return (kernel: NormalizationKernel, pass: 'forward' | 'backward', floor = 0): KernelCall => ({
    layers: name,
    pass,
    kernel,
    lanes: 'channels',
    bytes: mapBytes(from),
    multiplyAdds: 0,
    write: (thread) => {
      // All threads come to the same statistics, one lets the running ones run along.
      const hasRunning = kernel === 'runningStatistics' || thread === 0;
      return writeOperation(workspace.memory, kernel, {
        input: from.values[thread]!,
        inputGradient: from.gradient[thread] ?? 0,
        inputImageStep: from.imageStep,
        inputRowStep: from.rowStep,
        output: to.values[thread]!,
        outputGradient: to.gradient[thread]!,
        outputImageStep: to.imageStep,
        outputRowStep: to.rowStep,
        rows: from.height,
        columns: from.width,
        channels: to.channels,
        floor,
        scale: workspace.weightAddress(weight),
        shift: workspace.weightAddress(bias),
        scaleGradient: weight * 4,
        shiftGradient: bias * 4,
        sums: sums() * 4,
        coefficients: coefficients[thread]!,
        runningMean: hasRunning ? workspace.weightAddress(runningMean()) : 0,
        runningVariance: hasRunning ? workspace.weightAddress(runningVariance()) : 0,
        ...normalizationSettings(layer as BatchNormalization),
      });
    },
  });
}
