// What skip connections ask of a plan. A map that is read again later still lies where it was written: maps have memory of their
// own. Its gradient is first written by the layer that comes after it; then every skip connection adds its part, in the order of the
// layers, so that the sum's bits depend on nothing else.
import type { Network } from '../../architecture.js';
import { skippedName } from '../../layers/layers.js';
import type { FusedLayer, WithLogits } from './fusedLayer.js';
import type { FeatureMap } from './memory/featureMap.js';

/** Names of the layers whose output is read again later. */
export function skippedNames({ encoder, decoder }: Network): ReadonlySet<string> {
  return new Set([...encoder, ...decoder].flatMap(({ layer }) => skippedName(layer) ?? []));
}

/** The map that a skip connection reads beside its input. @param maps the network's input, and the output of each fused layer */
export function skippedMap(
  fused: FusedLayer,
  fusedLayers: readonly FusedLayer[],
  maps: readonly FeatureMap[],
): FeatureMap | undefined {
  const after = layerAfterSkipped(fused, fusedLayers);
  return after === undefined ? undefined : maps[after];
}

/** @param firstWeights index of the first fused layer with weights: what comes before it has no gradient */
export function placeSkipGradients(
  fusedLayers: readonly FusedLayer[],
  steps: readonly WithLogits[],
  firstWeights: number,
): readonly WithLogits[] {
  const parts = fusedLayers.map((fused, index) => ({
    after: layerAfterSkipped(fused, fusedLayers),
    calls: steps[index]!.skipGradient ?? [],
  }));
  return steps.map((each, index) => {
    const added = parts.flatMap(({ after, calls }) => (after === index && index > firstWeights ? calls : []));
    return added.length === 0 ? each : { ...each, backward: [...each.backward, ...added] };
  });
}

/** Index of the fused layer whose input is the output that this one reads again. */
function layerAfterSkipped({ layers }: FusedLayer, fusedLayers: readonly FusedLayer[]): number | undefined {
  const name = skippedName(layers[0]!.layer);
  if (name === undefined) return undefined;
  return fusedLayers.findIndex((fused) => fused.layers[fused.layers.length - 1]!.name === name) + 1;
}
