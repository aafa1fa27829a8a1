// The gradient of a 3×3 convolution's weights by Winograd's filtering, an image at a time: Gᵀ (Σ (A dy Aᵀ) ⊙ (Bᵀ d B)) G.
// Layout as of `weightGradient4x8`: [pair][tap][8], then the vector that is left.
import { gradients } from '../shard';
import { isNotFinite, multiplyAdd } from '../vectors';
import { transformInputs } from './convolveWinograd';
import { multiplyGradients } from './multiplyTiles';
import { betweenBytes, PLACES, placeStepOf, tilesOf, WinogradTiles } from './tiles';
import { transformGradients } from './transforms';

/** @returns whether everything was finite; otherwise nothing has been added */
export function weightGradientWinograd(operation: usize, image: i32): bool {
  const w = changetype<WinogradTiles>(operation);
  const across = tilesOf(w.columns), down = tilesOf(w.rows);
  const inputStep = placeStepOf(w, w.inputVectors), outputStep = placeStepOf(w, w.outputVectors);
  const inputs = w.patches, outputs = w.scratch + betweenBytes(w);
  const sums = outputs + PLACES * outputStep;
  let total = f32x4.splat(0);
  for (let row = 0; row < down; row += w.chunkRows) {
    const rows = min(w.chunkRows, down - row);
    const tiles = rows * across;
    if (!w.hasPatches) transformInputs(w, image, row, rows, inputs, inputStep);
    transformOutputs(w, image, row, rows, outputs, outputStep);
    total = f32x4.add(total, sumPlaces(inputs, inputStep, tiles * w.inputVectors, true));
    total = f32x4.add(total, sumPlaces(outputs, outputStep, tiles * w.outputVectors, false));
    if (isNotFinite(total)) return false;
    multiplyGradients(inputs, inputStep, tiles, w.inputVectors, outputs, outputStep, w.outputVectors, sums, row == 0);
  }
  addWeightGradients(w, sums);
  return true;
}

function transformOutputs(w: WinogradTiles, image: i32, first: i32, tileRows: i32, to: usize, placeStep: i32): void {
  const pixelBytes = w.outputVectors << 4;
  const across = tilesOf(w.columns);
  for (let row = first << 2; row < (first + tileRows) << 2; row += 4) {
    const pixels = w.output + image * w.outputImageStep + row * w.outputRowStep;
    for (let at = 0; at < pixelBytes; at += 16)
      transformGradients(
        pixels + at, w.outputRowStep, w.outputPixelStep, min(4, w.rows - row), w.columns, w.scratch, to + at, placeStep, pixelBytes,
      );
    to += across * pixelBytes;
  }
}

/** Sums of as few places as say of every pixel whether it was finite: a patch's corners, or what is taken at ½ of both sides of a tile. */
function sumPlaces(from: usize, placeStep: i32, vectors: i32, isPatch: bool): v128 {
  let total = f32x4.splat(0);
  const end = from + (vectors << 4);
  const first = isPatch ? 0 : 7 * placeStep;
  for (let p = from; p != end; p += 16) {
    total = f32x4.add(total, v128.load(p + first));
    if (!isPatch) continue;
    const right = v128.load(p + 5 * placeStep), below = v128.load(p + 30 * placeStep), last = v128.load(p + 35 * placeStep);
    total = f32x4.add(total, f32x4.add(f32x4.add(right, below), last));
  }
  return total;
}

function addWeightGradients(w: WinogradTiles, sums: usize): void {
  const inputBytes = w.inputVectors << 4;
  const placeStep = inputBytes * (w.outputVectors << 2);
  let to = gradients + w.to;
  let from = sums;
  for (let vector = 0; vector < w.outputVectors; vector += 2) {
    const width = min(2, w.outputVectors - vector) << 4;
    const tapStep = (inputBytes >> 2) * width;
    for (let channel = 0; channel < inputBytes; channel += 4) {
      for (let half = 0; half < width; half += 16) addTaps(w.scratch, from + half, placeStep, to + half, tapStep);
      from += width;
      to += width;
    }
    to += 8 * tapStep;
  }
}

/** Adds Gᵀ M G, the taps of one channel for four outputs. */
function addTaps(between: usize, from: usize, placeStep: i32, to: usize, tapStep: i32): void {
  const root = f32x4.splat(Mathf.SQRT1_2), twice = f32x4.splat(Mathf.SQRT2), half = f32x4.splat(0.5);
  const third = f32x4.splat(-2.0 / 3.0), sixth = f32x4.splat(1.0 / 6.0);
  const row = 6 * placeStep;
  let t = between;
  const end = between + 96;
  do {
    let p = from;
    const m0 = v128.load(p);
    p += row;
    let x = v128.load(p);
    p += row;
    let y = v128.load(p);
    const sum = f32x4.mul(third, f32x4.add(x, y)), difference = f32x4.mul(third, f32x4.sub(x, y));
    p += row;
    x = v128.load(p);
    p += row;
    y = v128.load(p);
    const sums = f32x4.mul(sixth, f32x4.add(x, y)), differences = f32x4.mul(sixth, f32x4.sub(x, y));
    v128.store(t, f32x4.add(m0, f32x4.add(sum, sums)));
    v128.store(t, multiplyAdd(difference, root, f32x4.mul(differences, twice)), 96);
    v128.store(t, f32x4.add(multiplyAdd(sum, half, v128.load(p + row)), f32x4.add(sums, sums)), 192);
    from += placeStep;
    t += 16;
  } while (t != end);
  const rowsEnd = between + 288;
  t = between;
  do {
    let x = v128.load(t, 16), y = v128.load(t, 32);
    const sum = f32x4.mul(third, f32x4.add(x, y)), difference = f32x4.mul(third, f32x4.sub(x, y));
    x = v128.load(t, 48), y = v128.load(t, 64);
    const sums = f32x4.mul(sixth, f32x4.add(x, y)), differences = f32x4.mul(sixth, f32x4.sub(x, y));
    v128.store(to, f32x4.add(v128.load(to), f32x4.add(v128.load(t), f32x4.add(sum, sums))));
    to += tapStep;
    v128.store(to, f32x4.add(v128.load(to), multiplyAdd(difference, root, f32x4.mul(differences, twice))));
    to += tapStep;
    v128.store(to, f32x4.add(v128.load(to), f32x4.add(multiplyAdd(sum, half, v128.load(t, 80)), f32x4.add(sums, sums))));
    to += tapStep;
    t += 96;
  } while (t != rowsEnd);
}
