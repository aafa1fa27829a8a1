// Batch normalization. Its statistics need all images of a batch, on the way forward and back, so that it parts a program in segments.
import type { Activation, BatchNormalization, NetworkLayer } from '../../../architecture.js';
import type { KernelCall } from '../kernelCall.js';
import { type FeatureMap, mapBytes } from '../memory/featureMap.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';

/** `COEFFICIENTS` of `assembly/normalization/normalization.ts`. */
const COEFFICIENT_BYTES = 6 * 16;
/** Two sums in float64 for each lane. */
const SUM_VALUES = 16;

/** What the batch as a whole has to say: after all images have come through the first steps, each thread takes the second once. */
export interface BatchSteps {
  readonly sums: readonly KernelCall[];
  readonly statistics: KernelCall;
  /** The same of gradients, on the way back. */
  readonly gradientSums: readonly KernelCall[];
  readonly gradientMeans: KernelCall;
  /** Instead of all these where the network only infers. */
  readonly runningStatistics: KernelCall;
}

export interface NormalizationPart {
  readonly layer: NetworkLayer & { readonly layer: BatchNormalization };
  readonly from: FeatureMap;
  readonly to: FeatureMap;
  readonly hasInputGradient: boolean;
}

type NormalizationKernel =
  | 'channelSums'
  | 'batchStatistics'
  | 'runningStatistics'
  | 'normalize'
  | 'scaleGradient'
  | 'gradientMeans'
  | 'normalizationGradient';

export function normalizationSteps(
  workspace: Workspace,
  { layer: networkLayer, from, to, hasInputGradient }: NormalizationPart,
) {
  const { layer, name, weights } = networkLayer;
  const { momentum = 0.1, epsilon = 1e-5 } = layer;
  const { parameters } = workspace;
  const { channels } = to;
  const [weight, bias] = [parameters.reserve(channels), parameters.reserve(channels)];
  const inOrder = (first: number) => Int32Array.from({ length: channels }, (_, channel) => first + channel);
  parameters.place(networkLayer, 'weight', inOrder(weight));
  parameters.place(networkLayer, 'bias', inOrder(bias));
  const [runningMean, runningVariance] = weights
    .slice(2)
    .map((spec) => parameters.reserveStatistics(spec.name, channels)) as [() => number, () => number];
  const vectors = Math.ceil(channels / 4);
  const sums = workspace.reserveMergedGradient(vectors * SUM_VALUES);
  const coefficients = workspace.perThread(vectors * COEFFICIENT_BYTES);
  const step = (
    kernel: NormalizationKernel,
    pass: 'forward' | 'backward',
    floor = Number.NEGATIVE_INFINITY,
  ): KernelCall => ({
    layers: name,
    pass,
    kernel,
    lanes: 'channels',
    bytes: mapBytes(from),
    multiplyAdds: 0,
    write: (thread) => {
      const keepsRunning = kernel === 'runningStatistics' || (kernel === 'batchStatistics' && thread === 0);
      return writeOperation(workspace.memory, kernel, {
        input: from.values[thread]!,
        inputGradient: from.gradient[thread] ?? 0,
        inputImageStep: from.imageStep,
        inputRowStep: from.rowStep,
        output: to.values[thread]!,
        outputGradient: to.gradient[thread]!,
        outputImageStep: to.imageStep,
        outputRowStep: to.rowStep,
        rows: to.height,
        columns: to.width,
        channels,
        floor,
        weight: workspace.weightAddress(weight),
        bias: workspace.weightAddress(bias),
        weightGradient: weight * 4,
        biasGradient: bias * 4,
        sums: sums() * 4,
        coefficients: coefficients[thread]!,
        runningMean: keepsRunning ? workspace.weightAddress(runningMean()) : 0,
        runningVariance: keepsRunning ? workspace.weightAddress(runningVariance()) : 0,
        momentum,
        epsilon,
      });
    },
  });
  return {
    bias,
    forward: (activation: Activation) => [step('normalize', 'forward', activation === 'relu' ? 0 : undefined)],
    backward: hasInputGradient ? [step('normalizationGradient', 'backward')] : [],
    batch: {
      sums: [step('channelSums', 'forward')],
      statistics: step('batchStatistics', 'forward'),
      gradientSums: [step('scaleGradient', 'backward')],
      gradientMeans: step('gradientMeans', 'backward'),
      runningStatistics: step('runningStatistics', 'forward'),
    },
  };
}
