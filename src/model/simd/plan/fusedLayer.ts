// Layers that are computed together, as the planner sees them: what they read and write, and their kernel calls.
import type { NetworkLayer } from '../../architecture.js';
import type { Grid } from './convolution/convolutionGeometry.js';
import type { KernelCall } from './kernelCall.js';
import type { LastLayer } from './layers/lossSteps.js';
import type { FeatureMap } from './memory/featureMap.js';
import type { Workspace } from './memory/workspace.js';

export interface FusedLayer {
  /** In their order. */
  readonly layers: readonly NetworkLayer[];
  readonly hasWeights: boolean;
  /** It reads its weights once for several images. @default false */
  readonly takesTiles?: boolean;
  /** It needs statistics of the whole batch, so that all images have to keep their feature maps. @default false */
  readonly needsBatch?: boolean;
  /** It loads whole vectors, also of the network's input. @default false */
  readonly loadsVectors?: boolean;
  /** It stores whole vectors, also where there is one channel. @default false */
  readonly storesVectors?: boolean;
  /** It passes values on one by one, however a pixel's lie, as borders and noise do. @default false */
  readonly passesValues?: boolean;
  /** Windows of its input; what they reach of its border is zeros. @default none beyond it */
  readonly reads?: Grid;
  /** The same of its output's gradient. */
  readonly readsGradient?: Grid;
  plan(workspace: Workspace, place: FusedLayerPlace): WithLogits;
}

export interface FusedLayerPlace {
  readonly from: FeatureMap;
  readonly to: FeatureMap;
  /** Output of the earlier layer that it also reads, where it is a skip connection. */
  readonly skipped?: FeatureMap | undefined;
  /** The layer's input is the network's, or that with borders or noise. */
  readonly isFirst: boolean;
  /** Many of its input's values are zero, as far as the layers before it say. */
  readonly hasZeros: boolean;
  /** There are weights before it, which learn from its input's gradient. */
  readonly hasInputGradient: boolean;
}

/** What all images say together: when each has come through the steps before, every thread takes the next one once. */
export interface BatchSteps {
  readonly sums: readonly KernelCall[];
  readonly statistics: KernelCall;
  /** On the way back. */
  readonly gradientSums: readonly KernelCall[];
  readonly gradientMeans: KernelCall;
  /** In place of the batch's statistics where the network does not learn. */
  readonly runningStatistics: KernelCall;
}

export interface FusedLayerSteps {
  readonly forward: readonly KernelCall[];
  /** In training, where that is another way. @default forward */
  readonly trainingForward?: readonly KernelCall[];
  /** What is summed, in training and evaluation, of what the layers add to the loss; its gradient is in `backward`. @default nothing */
  readonly penalty?: readonly KernelCall[];
  /** In the order of their execution. */
  readonly backward: readonly KernelCall[];
  /** Statistics of the whole batch that `forward` and `backward` need. */
  readonly batch?: BatchSteps;
  /** `forward` without what is done to the output where it lies, and `backward` without the activation's gradient. */
  readonly convolution?: LastLayer & {
    readonly forward: readonly KernelCall[];
    readonly backward: readonly KernelCall[];
  };
  /** What adds to the gradient of the map that a skip connection reads: once the layer after that map has written it. */
  readonly skipGradient?: readonly KernelCall[];
}

/** With the same output but for its activation, which the loss takes upon itself. */
export type WithLogits = FusedLayerSteps & { readonly logits?: () => FusedLayerSteps };

/** What the kernel calls of these layers are told by. */
export function layerNames(layers: readonly NetworkLayer[]): string {
  return layers.map(({ name }) => name).join(' + ');
}
