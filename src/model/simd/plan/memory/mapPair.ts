import type { FeatureMap } from './featureMap.js';

type Steps = Pick<FeatureMap, 'imageStep' | 'rowStep' | 'pixelStep'>;

/** How far it is from image to image, row to row and pixel to pixel in two maps: fields of `assembly/layout/mapPair.ts`. */
export function mapPairSteps(from: Steps, to: Steps) {
  return {
    fromImageStep: from.imageStep,
    fromRowStep: from.rowStep,
    fromPixelStep: from.pixelStep,
    toImageStep: to.imageStep,
    toRowStep: to.rowStep,
    toPixelStep: to.pixelStep,
  };
}
