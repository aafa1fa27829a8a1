import { type ImageShape, imageSize } from '../data/batch.js';
import type { ImageMeasures, Images } from '../model/engine.js';
import { type ChosenLoss, chooseLoss, isMeanSquaredError } from '../model/losses/lossOptions.js';
import { structuralSimilarity } from '../model/losses/structuralSimilarity.js';
import { byImage, imageLosses } from './imageLosses.js';
import { toUnit } from './toUnit.js';

const MEAN_SQUARED_ERROR = chooseLoss({});

/** What an engine measures by itself where it can, of a reconstruction that is there. */
export function imageMeasures(
  reconstruction: Float32Array,
  target: Images,
  shape: ImageShape,
  loss: ChosenLoss,
  { similarity = false } = {},
): ImageMeasures {
  const unit = toUnit(target);
  const losses = imageLosses(reconstruction, unit, shape, loss);
  const meanSquaredErrors = isMeanSquaredError(loss)
    ? losses
    : imageLosses(reconstruction, unit, shape, MEAN_SQUARED_ERROR);
  if (!similarity) return { losses, meanSquaredErrors };
  const similarities = byImage(reconstruction, unit, imageSize(shape), (made, wanted) =>
    structuralSimilarity(made, wanted, shape),
  );
  return { losses, meanSquaredErrors, similarities };
}
