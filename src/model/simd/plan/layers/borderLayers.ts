// Zeros around an image, or less of it.
import type { NetworkLayer } from '../../../architecture.js';
import type { Cropping2d } from '../../../layers/cropping2d.js';
import { type Border, bordersOf } from '../../../layers/definition/borders.js';
import type { ZeroPadding2d } from '../../../layers/zeroPadding2d.js';
import { type FusedLayer, layerNames } from '../fusedLayer.js';
import { type FeatureMap, mapBytes } from '../memory/featureMap.js';
import { mapPairSteps } from '../memory/mapPair.js';
import { writeOperation } from '../memory/operations.js';

/** What is beyond the copied values stays as memory begins: zero. */
export function zeroPaddingLayer(layer: NetworkLayer): FusedLayer {
  const [[top], [left]] = bordersOf((layer.layer as ZeroPadding2d).padding);
  return borderLayer(layer, { corner: [top, left], isOuter: false });
}

export function croppingLayer(layer: NetworkLayer): FusedLayer {
  const [[top], [left]] = bordersOf((layer.layer as Cropping2d).cropping);
  return borderLayer(layer, { corner: [top, left], isOuter: true });
}

/** @param corner where the smaller map begins in the larger one @param isOuter whether the input is the larger one */
function borderLayer(
  layer: NetworkLayer,
  { corner, isOuter }: { readonly corner: Border; readonly isOuter: boolean },
): FusedLayer {
  return {
    layers: [layer],
    hasWeights: false,
    passesValues: true,
    plan({ memory }, { from, to, hasInputGradient }) {
      const inner = isOuter ? to : from;
      const inside = (map: FeatureMap, address: number) =>
        map === inner ? address : address + corner[0] * map.rowStep + corner[1] * map.pixelStep;
      const step = (pass: 'forward' | 'backward') => {
        const [source, result] = pass === 'forward' ? [from, to] : [to, from];
        const addresses = (map: FeatureMap) => (pass === 'forward' ? map.values : map.gradient);
        return {
          layers: layerNames([layer]),
          pass,
          kernel: 'copyMap',
          lanes: 'values side by side',
          bytes: mapBytes(inner),
          multiplyAdds: 0,
          write: (thread: number) =>
            writeOperation(memory, 'copyMap', {
              from: inside(source, addresses(source)[thread]!),
              to: inside(result, addresses(result)[thread]!),
              ...mapPairSteps(source, result),
              rows: inner.height,
              columns: inner.width,
              channels: inner.channels,
              clear: addresses(result)[thread]! - result.lead,
              clearBytes: pass === 'backward' && isOuter ? result.imageStep : 0,
            }),
        } as const;
      };
      return { forward: [step('forward')], backward: hasInputGradient ? [step('backward')] : [] };
    },
  };
}
