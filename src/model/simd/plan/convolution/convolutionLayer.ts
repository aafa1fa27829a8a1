// A layer with weights, which is a convolution, with what is computed in the same pass; forward and back.
import type { Activation } from '../../../activations.js';
import type { NetworkLayer } from '../../../architecture.js';
import type { UpSampling2d } from '../../../layers/upSampling2d.js';
import { plannedActivations } from '../activations.js';
import { poolSteps } from '../convPool/poolSteps.js';
import {
  type FusedLayer,
  type FusedLayerPlace,
  type FusedLayerSteps,
  layerNames,
  type WithLogits,
} from '../fusedLayer.js';
import type { KernelCall } from '../kernelCall.js';
import {
  type ActivatedMap,
  activateStep,
  activationGradientStep,
  clearPaddingStep,
} from '../layers/elementwiseSteps.js';
import type { FeatureMap } from '../memory/featureMap.js';
import type { Workspace } from '../memory/workspace.js';
import { type ConvolutionGeometry, convolutionGeometry, type FusedConvolution } from './convolutionGeometry.js';
import { convolutionSteps } from './convolutionSteps.js';
import { suitsTransposed } from './denseLayer.js';
import { weightGradientSteps } from './weightGradientSteps.js';
import { keepWeights, usesRowGradient } from './weights.js';

/** @param convolution any layer with weights; before it may come an upsampling, after it a 2×2 max pooling */
export function convolutionLayer(
  convolution: NetworkLayer,
  { upSampling, pooling }: { readonly upSampling?: NetworkLayer; readonly pooling?: NetworkLayer | undefined } = {},
): FusedLayer {
  const layers = [upSampling, convolution, pooling].filter((layer) => layer !== undefined);
  const isPooled = pooling !== undefined;
  const fused = {
    layers,
    convolution,
    upSampling: (upSampling?.layer as UpSampling2d | undefined)?.size ?? 1,
    isPooled,
  };
  const geometry = convolutionGeometry(fused);
  return {
    layers,
    hasWeights: true,
    takesTiles: geometry.kind === 'dense',
    storesVectors: isPooled,
    reads: geometry.forward,
    // Pooling's gradient goes by the argmax.
    ...(isPooled ? {} : { readsGradient: geometry.backward }),
    plan: (workspace, place) =>
      planConvolution(
        workspace,
        fused,
        suitsTransposed(geometry, place) ? convolutionGeometry(fused, true) : geometry,
        place,
      ),
  };
}

function planConvolution(
  workspace: Workspace,
  { layers: list, isPooled }: FusedConvolution,
  geometry: ConvolutionGeometry,
  { from, to, isFirst, hasInputGradient }: FusedLayerPlace,
): WithLogits {
  const layers = layerNames(list);
  const { activation, negativeSlope, isTransposed } = geometry;
  // Of what the kept order's convolution reads: a transposed one is kept as the plain one that takes its gradient back.
  const pixelValues = (isTransposed ? to : from).pixelStep / 4;
  const outer = isTransposed ? geometry.inputs : geometry.outputs;
  const isOutputOrder = isPooled || usesRowGradient(outer, geometry.kernelColumns * pixelValues);
  const kept = keepWeights(workspace, geometry, isOutputOrder ? 'outputs' : 'blocks', pixelValues);
  const { floor, turns = false, joinsLoss = false } = plannedActivations[activation];
  const least = floor ?? Number.NEGATIVE_INFINITY;
  const derivatives = turns ? workspace.perImage(to.imageStep) : undefined;
  const around = (steps: Omit<FusedLayerSteps, 'convolution'>, outer: Activation) => {
    const activated = { activation: outer, negativeSlope, derivatives };
    return {
      forward: [...steps.forward, ...afterwards(workspace, layers, to, activated)],
      backward: [
        activationGradientStep(workspace, layers, to, { ...activated, biasGradient: kept.biasGradient }),
        ...steps.backward,
      ],
    };
  };
  if (isPooled) {
    const pooled = poolSteps(workspace, {
      ...{ geometry, kept, layers, source: from, output: to, floor: least, isFirst, hasInputGradient },
      isActivatedInPlace: floor === undefined,
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
    floor: least,
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
    ...(joinsLoss ? { convolution: { ...within, activation, biasGradient: kept.biasGradient } } : {}),
    logits: () => around(within, 'linear'),
  };
}

/** What the convolution itself cannot do. */
function afterwards(
  workspace: Workspace,
  layers: string,
  map: FeatureMap,
  activated: ActivatedMap,
): readonly KernelCall[] {
  if (plannedActivations[activated.activation].floor === undefined)
    return [activateStep(workspace, layers, map, activated)];
  const isPadded = map.pixelStep > 4 * map.channels;
  return isPadded ? [clearPaddingStep(workspace, layers, map)] : [];
}
