// What skip connections ask of a plan. A map that is read again later still lies where it was written: maps have memory of their
// own. Its gradient is first written by the layer that comes after it; then every skip connection adds its part, in the order of the
// layers, so that the sum's bits depend on nothing else.
import type { Network } from '../../architecture.js';
import { skippedName } from '../../layers/layers.js';
import type { FusedLayer, WithLogits } from './fusedLayer.js';
import type { GradientParts } from './layers/joinedGradientStep.js';
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
    earlier: steps[index]!.skipGradients?.earlier,
  }));
  const addedTo = (index: number) => parts.filter(({ after }) => after === index && index > firstWeights);
  return steps.map((each, index) => {
    const joined = joinedParts(index);
    const calls = joinedParts(index - 1) === undefined ? addedTo(index).flatMap((part) => part.calls) : [];
    const { skipGradients } = each;
    const backward =
      joined !== undefined
        ? each.backwardFrom!(joined)
        : skipGradients !== undefined && joinedParts(index - 1) !== undefined
          ? []
          : each.backward;
    return joined === undefined && calls.length === 0 && backward === each.backward
      ? each
      : { ...each, backward: [...backward, ...calls] };
  });

  /** Of a layer's output, where skip connections have a part in its gradient and the layer takes it as it lies. */
  function joinedParts(index: number): GradientParts | undefined {
    const [each, next] = [steps[index], steps[index + 1]];
    if (each?.backwardFrom === undefined || next === undefined || index < firstWeights) return undefined;
    const from = next.skipGradients?.own;
    const added = addedTo(index + 1);
    if (added.length > 1 || (from === undefined && added.length === 0)) return undefined;
    return { from, added: added[0]?.earlier };
  }
}

/** Index of the fused layer whose input is the output that this one reads again. */
function layerAfterSkipped({ layers }: FusedLayer, fusedLayers: readonly FusedLayer[]): number | undefined {
  const name = skippedName(layers[0]!.layer);
  if (name === undefined) return undefined;
  return fusedLayers.findIndex((fused) => fused.layers[fused.layers.length - 1]!.name === name) + 1;
}
