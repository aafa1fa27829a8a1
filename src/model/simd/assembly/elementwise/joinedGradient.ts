// What skip connections make of the gradient after an activation, and that before it, in one pass: where a skip connection comes next, its
// gradient is read where it lies; where one reads the map again, its part is added. Lanes: channels.
import { gradients } from '../shard';
import { derivative } from './activationGradient';
import { LINEAR, RELU } from './activations';

@unmanaged
class JoinedGradient {
  kind: i32;
  values: usize;
  gradient: usize;
  imageStep: i32;
  rowStep: i32;
  pixelStep: i32;
  /** The gradient after the activation, at `gradient` or elsewhere. */
  from: usize;
  fromImageStep: i32;
  fromRowStep: i32;
  fromPixelStep: i32;
  /** What comes to it; 0 where nothing does. */
  added: usize;
  addedImageStep: i32;
  addedRowStep: i32;
  addedPixelStep: i32;
  rows: i32;
  columns: i32;
  /** Whole vectors of channels. */
  vectors: i32;
  /** `LINEAR` or `RELU`. */
  activation: i32;
  /** Where among the shard's gradients the sums go, added to. */
  biasGradient: usize;
}

export function joinedGradient(operation: usize, fromImage: i32, toImage: i32): void {
  const j = changetype<JoinedGradient>(operation);
  for (let image = fromImage; image < toImage; image++)
    if (j.activation == RELU) {
      if (j.added != 0) ofImage(j, image, RELU, true);
      else ofImage(j, image, RELU, false);
    } else {
      if (j.added != 0) ofImage(j, image, LINEAR, true);
      else ofImage(j, image, LINEAR, false);
    }
}

@inline
function ofImage(j: JoinedGradient, image: i32, activation: i32, adds: bool): void {
  let vector = 0;
  for (; vector + 4 <= j.vectors; vector += 4) someVectors(j, image, vector, activation, adds, true);
  for (; vector < j.vectors; vector += 2) someVectors(j, image, vector, activation, adds, false);
}

/** Four vectors, or two, of which a last one alone is both: so that a sum need not wait for itself. */
@inline
function someVectors(j: JoinedGradient, image: i32, vector: i32, activation: i32, adds: bool, isFour: bool): void {
  const at = vector << 4;
  const second = isFour ? 16 : (min(vector + 1, j.vectors - 1) - vector) << 4;
  const bias = gradients + j.biasGradient + at;
  const toValues = j.values - j.gradient;
  const rowStep = j.rowStep, fromRowStep = j.fromRowStep, addedRowStep = j.addedRowStep;
  const pixelStep = j.pixelStep, fromPixelStep = j.fromPixelStep, addedPixelStep = j.addedPixelStep;
  const rowBytes = j.columns * pixelStep;
  let row = j.gradient + image * j.imageStep + at;
  let fromRow = j.from + image * j.fromImageStep + at;
  let addedRow = j.added + image * j.addedImageStep + at;
  const rowsEnd = row + j.rows * rowStep;
  let sum0 = v128.load(bias), sum1 = v128.load(bias + second), sum2 = sum0, sum3 = sum0;
  if (isFour) sum2 = v128.load(bias, 32), sum3 = v128.load(bias, 48);
  do {
    let g = row, from = fromRow, added = addedRow;
    const end = row + rowBytes;
    do {
      // Both before either is stored: they may be one, and lie where they go.
      const d0 = joined(from, added, g + toValues, activation, adds);
      const d1 = joined(from + second, added + second, g + toValues + second, activation, adds);
      v128.store(g, d0);
      v128.store(g + second, d1);
      sum0 = f32x4.add(sum0, d0);
      sum1 = f32x4.add(sum1, d1);
      if (isFour) {
        const d2 = joined(from + 32, added + 32, g + toValues + 32, activation, adds);
        const d3 = joined(from + 48, added + 48, g + toValues + 48, activation, adds);
        v128.store(g, d2, 32);
        v128.store(g, d3, 48);
        sum2 = f32x4.add(sum2, d2);
        sum3 = f32x4.add(sum3, d3);
      }
      if (adds) added += addedPixelStep;
      from += fromPixelStep;
      g += pixelStep;
    } while (g != end);
    row += rowStep;
    fromRow += fromRowStep;
    addedRow += addedRowStep;
  } while (row != rowsEnd);
  v128.store(bias, sum0);
  v128.store(bias + second, sum1);
  if (isFour) {
    v128.store(bias, sum2, 32);
    v128.store(bias, sum3, 48);
  }
}

/** The gradient of one vector before the activation. */
@inline
function joined(from: usize, added: usize, values: usize, activation: i32, adds: bool): v128 {
  const after = adds ? f32x4.add(v128.load(from), v128.load(added)) : v128.load(from);
  return derivative(activation, v128.load(values), after);
}
