// One fused layer as kernel calls, forward and back.

import type { Activation } from '../../architecture.js';
import { convolutionGeometry } from './convolution/convolutionGeometry.js';
import { convolutionSteps } from './convolution/convolutionSteps.js';
import { weightGradientSteps } from './convolution/weightGradientSteps.js';
import { keepWeights, usesRowGradient } from './convolution/weights.js';
import { poolSteps } from './convPool/poolSteps.js';
import type { FusedLayer } from './fuseLayers.js';
import type { KernelCall } from './kernelCall.js';
import { activateStep, activationGradientStep, clearPaddingStep } from './layers/elementwiseSteps.js';
import type { LastLayer } from './layers/lossSteps.js';
import { resampleSteps } from './layers/poolAndUpsampleSteps.js';
import { reshapeSteps } from './layers/reshapeSteps.js';
import type { FeatureMap } from './memory/featureMap.js';
import type { Workspace } from './memory/workspace.js';

export interface FusedLayerSteps {
  readonly forward: readonly KernelCall[];
  /** In the order of their execution. */
  readonly backward: readonly KernelCall[];
  /** `forward` without what is done to the output where it lies, and `backward` without the activation's gradient. */
  readonly convolution?: LastLayer & {
    readonly forward: readonly KernelCall[];
    readonly backward: readonly KernelCall[];
  };
}

/** With the same output but for its activation, which the loss takes upon itself. */
export type WithLogits = FusedLayerSteps & { readonly logits?: () => FusedLayerSteps };

export interface FusedLayerPlace {
  readonly from: FeatureMap;
  readonly to: FeatureMap;
  /** The layer's input is the network's. */
  readonly isFirst: boolean;
  /** There are weights before it, which learn from its input's gradient. */
  readonly hasInputGradient: boolean;
}

export function planFusedLayer(workspace: Workspace, fused: FusedLayer, place: FusedLayerPlace): WithLogits {
  const layers = fused.layers.map(({ name }) => name).join(' + ');
  const { from, to, hasInputGradient: hasGradient } = place;
  const { layer } = fused.layers[0]!;
  if (fused.kind === 'reshape') return reshapeSteps(workspace, layers, { from, to, hasGradient });
  if (fused.kind !== 'convolution')
    return resampleSteps(workspace, layers, {
      layer: layer as Extract<typeof layer, { type: 'maxPooling2d' | 'averagePooling2d' | 'upSampling2d' }>,
      from,
      to,
      hasGradient,
    });
  return planConvolution(workspace, fused, place);
}

function planConvolution(
  workspace: Workspace,
  fused: Extract<FusedLayer, { kind: 'convolution' }>,
  { from, to, isFirst, hasInputGradient }: FusedLayerPlace,
): WithLogits {
  const layers = fused.layers.map(({ name }) => name).join(' + ');
  const geometry = convolutionGeometry(fused);
  const { activation, kind } = geometry;
  // Of what the kept order's convolution reads: a transposed one is kept as the plain one that takes its gradient back.
  const pixelValues = (kind === 'conv2dTranspose' ? to : from).pixelStep / 4;
  const outer = kind === 'conv2dTranspose' ? geometry.inputs : geometry.outputs;
  const isOutputOrder = fused.isPooled || usesRowGradient(outer, geometry.kernel * pixelValues);
  const kept = keepWeights(workspace, geometry, isOutputOrder ? 'outputs' : 'blocks', pixelValues);
  const floor = activation === 'relu' ? 0 : Number.NEGATIVE_INFINITY;
  const around = (steps: Omit<FusedLayerSteps, 'convolution'>, outer: Activation) => ({
    forward: [...steps.forward, ...afterwards(workspace, layers, to, outer)],
    backward: [
      activationGradientStep(workspace, layers, to, { activation: outer, bias: kept.bias }),
      ...steps.backward,
    ],
  });
  if (fused.isPooled) {
    const pooled = poolSteps(workspace, {
      ...{ geometry, kept, layers, source: from, output: to, floor, isFirst, hasInputGradient },
      isActivatedInPlace: activation === 'tanh' || activation === 'sigmoid',
    });
    return around(pooled, activation);
  }
  const convolution = { geometry, kept, layers };
  const address = (addresses: readonly number[]) => (thread: number) => addresses[thread]!;
  const forward = convolutionSteps(workspace, {
    ...convolution,
    direction: 'forward',
    from: { map: from, address: address(from.values) },
    to: { map: to, address: address(to.values) },
    floor,
  });
  const inputGradient = () =>
    convolutionSteps(workspace, {
      ...convolution,
      direction: 'backward',
      from: { map: to, address: address(to.gradient) },
      to: { map: from, address: address(from.gradient) },
      floor: Number.NEGATIVE_INFINITY,
    });
  const backward = [
    ...weightGradientSteps(workspace, { geometry, kept, layers, source: from, output: to }),
    ...(hasInputGradient ? inputGradient() : []),
  ];
  const within = { forward, backward };
  return {
    ...around(within, activation),
    convolution: { ...within, activation, bias: kept.bias },
    logits: () => around(within, 'linear'),
  };
}

/** What the convolution itself cannot do: relu is its floor. */
function afterwards(
  workspace: Workspace,
  layers: string,
  map: FeatureMap,
  activation: Activation,
): readonly KernelCall[] {
  if (activation === 'tanh' || activation === 'sigmoid') return [activateStep(workspace, layers, map, activation)];
  const isPadded = map.pixelStep > 4 * map.channels;
  return isPadded ? [clearPaddingStep(workspace, layers, map)] : [];
}
