// One unit of layers as steps, forward and back.

import type { Activation } from '../../architecture.js';
import { convolutionSteps } from './convolution/convolutionSteps.js';
import { describeLinear } from './convolution/linear.js';
import { weightGradientSteps } from './convolution/weightGradientSteps.js';
import { keepWeights, usesRuns } from './convolution/weights.js';
import { poolSteps } from './convPool/poolSteps.js';
import type { Unit } from './fuseLayers.js';
import type { Step } from './kernelCall.js';
import { activateStep, activationGradientStep, clearPaddingStep, type LastLayer } from './layers/elementwiseSteps.js';
import { resampleSteps } from './layers/poolAndUpsampleSteps.js';
import { permuteSteps } from './layers/reshapeSteps.js';
import type { FeatureMap } from './memory/featureMap.js';
import type { Workspace } from './memory/workspace.js';

export interface UnitSteps {
  readonly forward: readonly Step[];
  /** In the order of their execution. */
  readonly backward: readonly Step[];
  /** `forward` without what is done to the output where it lies, and `backward` without the activation's gradient. */
  readonly convolution?: LastLayer & { readonly forward: readonly Step[]; readonly backward: readonly Step[] };
}

export interface UnitPlace {
  readonly from: FeatureMap;
  readonly to: FeatureMap;
  /** The unit's input is the network's. */
  readonly isFirst: boolean;
  /** There are weights before the unit, which learn from its input's gradient. */
  readonly hasInputGradient: boolean;
}

export function planUnit(workspace: Workspace, unit: Unit, place: UnitPlace): UnitSteps {
  const layers = unit.layers.map(({ name }) => name).join(' + ');
  const { from, to, hasInputGradient: hasGradient } = place;
  const { layer } = unit.layers[0]!;
  if (unit.kind === 'permute') return permuteSteps(workspace, layers, { from, to, hasGradient });
  if (unit.kind !== 'linear')
    return resampleSteps(workspace, layers, {
      layer: layer as Extract<typeof layer, { type: 'maxPooling2d' | 'averagePooling2d' | 'upSampling2d' }>,
      from,
      to,
      hasGradient,
    });
  return planLinear(workspace, unit, place);
}

function planLinear(
  workspace: Workspace,
  unit: Extract<Unit, { kind: 'linear' }>,
  { from, to, isFirst, hasInputGradient }: UnitPlace,
): UnitSteps {
  const layers = unit.layers.map(({ name }) => name).join(' + ');
  const linear = describeLinear(unit);
  const { activation, kind } = linear;
  // Of what the kept order's convolution reads: a transposed one is kept as the plain one that takes its gradient back.
  const pixelValues = (kind === 'conv2dTranspose' ? to : from).pixelStep / 4;
  const outer = kind === 'conv2dTranspose' ? linear.inputs : linear.outputs;
  const isOutputOrder = unit.isPooled || usesRuns(outer, linear.kernel * pixelValues);
  const kept = keepWeights(workspace, linear, isOutputOrder ? 'outputs' : 'blocks', pixelValues);
  const floor = activation === 'relu' ? 0 : Number.NEGATIVE_INFINITY;
  const after = afterwards(workspace, layers, to, activation);
  const gradient = activationGradientStep(workspace, layers, to, { activation, bias: kept.bias });
  if (unit.isPooled) {
    const pooled = poolSteps(workspace, {
      ...{ linear, kept, layers, source: from, output: to, floor, isFirst, hasInputGradient },
      isActivatedInPlace: activation === 'tanh' || activation === 'sigmoid',
    });
    return { forward: [...pooled.forward, ...after], backward: [gradient, ...pooled.backward] };
  }
  const convolution = { linear, kept, layers };
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
    ...weightGradientSteps(workspace, { linear, kept, layers, source: from, output: to }),
    ...(hasInputGradient ? inputGradient() : []),
  ];
  return {
    forward: [...forward, ...after],
    backward: [gradient, ...backward],
    convolution: { forward, backward, activation, bias: kept.bias },
  };
}

/** What the convolution itself cannot do: relu is its floor. */
function afterwards(workspace: Workspace, layers: string, map: FeatureMap, activation: Activation): readonly Step[] {
  if (activation === 'tanh' || activation === 'sigmoid') return [activateStep(workspace, layers, map, activation)];
  const isPadded = map.pixelStep > 4 * map.channels;
  return isPadded ? [clearPaddingStep(workspace, layers, map)] : [];
}
