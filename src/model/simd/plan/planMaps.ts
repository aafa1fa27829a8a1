// The feature maps of a network: one for its input and one for what comes out of each fused layer.

import { reach } from './convolution/phases.js';
import type { FusedLayer } from './fusedLayer.js';
import { type Border, type FeatureMap, imageShape, reserveMap } from './memory/featureMap.js';
import type { Workspace } from './memory/workspace.js';

/** The network's input, and what comes out of each fused layer. */
export function planMaps(workspace: Workspace, fusedLayers: readonly FusedLayer[]): readonly FeatureMap[] {
  const shapes = [
    fusedLayers[0]!.layers[0]!.inputShape,
    ...fusedLayers.map(({ layers }) => layers[layers.length - 1]!.outputShape),
  ];
  return shapes.map((shape, index) => {
    const isInput = index === 0;
    const [height, width] = imageShape(shape);
    return reserveMap({
      shape,
      packing: isPackedInput(fusedLayers, index) || isSingleOutput(fusedLayers, index, shape) ? 'packed' : 'padded',
      ...borders(fusedLayers[index - 1], fusedLayers[index], height, width),
      reserve: (bytes, before) => workspace.perImage(bytes, before),
      hasGradient: !isInput,
      hasGradientBorder: fusedLayers[index - 1]?.readsGradient !== undefined,
    });
  });
}

/**
 * Images go in as they are, through layers that pass values on too, but for a layer that takes nothing else than whole vectors. No
 * convolution reads what is packed and writes it as well.
 */
function isPackedInput(fusedLayers: readonly FusedLayer[], index: number): boolean {
  if (fusedLayers[index]?.loadsVectors) return false;
  return index === 0 || (arePassing(fusedLayers.slice(0, index)) && !arePassing(fusedLayers.slice(index + 1)));
}

/** Images of one channel come out as they are, through layers that pass values on too; everything else is padded to whole vectors. */
function isSingleOutput(fusedLayers: readonly FusedLayer[], index: number, shape: readonly number[]): boolean {
  if (imageShape(shape)[2] !== 1 || fusedLayers[index - 1]?.storesVectors) return false;
  return (
    index === fusedLayers.length ||
    (arePassing(fusedLayers.slice(index)) && index > 0 && !arePassing(fusedLayers.slice(0, index - 1)))
  );
}

function arePassing(fusedLayers: readonly FusedLayer[]): boolean {
  return fusedLayers.every(({ passesValues }) => passesValues);
}

/** A map for what the output is compared with. */
export function likeOutput(workspace: Workspace, fusedLayers: readonly FusedLayer[]): FeatureMap {
  const last = fusedLayers[fusedLayers.length - 1]!;
  const shape = last.layers[last.layers.length - 1]!.outputShape;
  const [height, width] = imageShape(shape);
  return reserveMap({
    shape,
    packing: isSingleOutput(fusedLayers, fusedLayers.length, shape) ? 'packed' : 'padded',
    ...borders(last, undefined, height, width),
    reserve: (bytes, before) => workspace.perImage(bytes, before),
    hasGradient: false,
    hasGradientBorder: false,
  });
}

/** As far as the next fused layer reads beyond the values, and the one before beyond their gradient. */
function borders(
  before: FusedLayer | undefined,
  after: FusedLayer | undefined,
  height: number,
  width: number,
): { readonly rows: Border; readonly columns: Border } {
  const grids = [after?.reads, before?.readsGradient].filter((grid) => grid !== undefined);
  const widest = (reaches: readonly Border[]): Border => ({
    before: Math.max(0, ...reaches.map((one) => one.before)),
    after: Math.max(0, ...reaches.map((one) => one.after)),
  });
  return {
    rows: widest(grids.map(({ rows }) => reach(rows, height))),
    columns: widest(grids.map(({ columns }) => reach(columns, width))),
  };
}
