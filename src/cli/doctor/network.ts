import { countParameters, type Network, type NetworkLayer } from '../../model/architecture.js';
import { checkArchitecture } from '../../model/checkArchitecture.js';
import { latentSkip } from '../../model/latentSkip.js';
import type { LayerShape } from '../../model/layers/definition/layerShape.js';
import { skippedName } from '../../model/layers/layers.js';
import { chooseLoss, type LossOptions, requireFittingLoss } from '../../model/losses/lossOptions.js';
import { readArchitecture } from '../../model/node/readArchitecture.js';
import { preset } from '../../model/presets/presets.js';
import { describePlan, type PlannedKernel } from '../../model/simd/plan/describePlan.js';
import { isArchitectureFile, resolveConfig } from '../../run/config.js';

/** A network with its shapes, and what the engine simd does in one update of it. */
export interface NetworkFinding {
  readonly name: string;
  readonly input: LayerShape;
  readonly latentShape: LayerShape;
  readonly parameters: number;
  /** The layer that reads past the latent, where latents alone make no image. */
  readonly latentSkip?: string;
  readonly layers: readonly LayerFinding[];
  readonly plan: readonly PlannedKernel[];
  readonly total: PlanTotal;
}

export interface LayerFinding {
  /** e.g. `decoder.1`. */
  readonly name: string;
  readonly type: string;
  /** The earlier layer that a skip connection reads. */
  readonly from?: string;
  readonly outputShape: LayerShape;
  readonly parameters: number;
}

/** Sums over kernel calls. */
export type PlanTotal = Pick<PlannedKernel, 'bytes' | 'multiplyAdds'>;

/** Presets follow the data; without data they are shown for MNIST's images. */
const PRESET_INPUT = [28, 28, 1] as const;

/**
 * What `--architecture` names, checked as `train` checks it.
 * @throws OptionError for an unknown preset; ArchitectureError for a file that cannot be read, or whose network cannot be built
 */
export async function openNetwork(name: string): Promise<Network> {
  resolveConfig({ architecture: name });
  return isArchitectureFile(name) ? readArchitecture(name) : checkArchitecture(preset(name, PRESET_INPUT));
}

export function examineNetwork(checked: Network, options: LossOptions = {}): NetworkFinding {
  const { architecture, encoder, decoder, latentShape, parameters } = checked;
  requireFittingLoss(chooseLoss(options), checked);
  const plan = describePlan(checked, options);
  const skip = latentSkip(checked);
  return {
    name: architecture.name,
    input: architecture.input,
    latentShape,
    parameters,
    ...(skip !== undefined && { latentSkip: skip.name }),
    layers: [...encoder, ...decoder].map(describeLayer),
    plan,
    total: totalOf(plan),
  };
}

export function totalOf(kernels: readonly PlannedKernel[]): PlanTotal {
  return {
    bytes: kernels.reduce((sum, { bytes }) => sum + bytes, 0),
    multiplyAdds: kernels.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
  };
}

function describeLayer({ name, layer, outputShape, weights }: NetworkLayer): LayerFinding {
  const from = skippedName(layer);
  const skip = from === undefined ? {} : { from };
  return { name, type: layer.type, ...skip, outputShape, parameters: countParameters({ weights }) };
}
