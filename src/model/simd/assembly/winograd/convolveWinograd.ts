// Convolutions of 3×3 by Winograd's filtering, tile by tile of 4×4 outputs; see `transforms.ts`.
import { isNotFinite } from '../vectors';
import { multiplyTiles } from './multiplyTiles';
import { betweenBytes, placeStepOf, tilesOf, WinogradTiles } from './tiles';
import { transformPatches, transformProducts } from './transforms';

/** @returns whether everything was finite: sums of differences make NaN of an infinity, and such an image is not computed yet */
export function convolveWinograd(operation: usize, image: i32): bool {
  const w = changetype<WinogradTiles>(operation);
  const across = tilesOf(w.columns), down = tilesOf(w.rows);
  const inputStep = placeStepOf(w, w.inputVectors), outputStep = placeStepOf(w, w.outputVectors);
  const inputs = w.patches, outputs = w.scratch + betweenBytes(w);
  let total = f32x4.splat(0);
  for (let row = 0; row < down; row += w.chunkRows) {
    const rows = min(w.chunkRows, down - row);
    transformInputs(w, image, row, rows, inputs, inputStep);
    multiplyTiles(inputs, inputStep, rows * across, w.inputVectors, w.weights, outputs, outputStep, w.outputVectors);
    total = f32x4.add(total, storeOutputs(w, image, row, rows, outputs, outputStep));
  }
  return !isNotFinite(total);
}

/** @param first row of tiles */
export function transformInputs(w: WinogradTiles, image: i32, first: i32, tileRows: i32, to: usize, placeStep: i32): void {
  const pixelBytes = w.inputVectors << 4;
  const across = tilesOf(w.columns);
  for (let row = first << 2; row < (first + tileRows) << 2; row += 4) {
    const pixels = w.input + image * w.inputImageStep + row * w.inputRowStep;
    for (let at = 0; at < pixelBytes; at += 16)
      transformPatches(
        pixels + at, w.inputRowStep, w.inputPixelStep, min(6, w.rows + 2 - row), w.columns + 2, w.scratch, to + at, placeStep, pixelBytes,
      );
    to += across * pixelBytes;
  }
}

/** @returns a sum that is not finite if anything is not */
function storeOutputs(w: WinogradTiles, image: i32, first: i32, tileRows: i32, products: usize, placeStep: i32): v128 {
  const pixelBytes = w.outputVectors << 4;
  const across = tilesOf(w.columns);
  const floor = f32x4.splat(w.floor);
  let total = f32x4.splat(0);
  for (let row = first << 2; row < (first + tileRows) << 2; row += 4) {
    const pixels = w.output + image * w.outputImageStep + row * w.outputRowStep;
    for (let at = 0; at < pixelBytes; at += 16)
      total = f32x4.add(total, transformProducts(
        products + at, placeStep, pixelBytes, w.scratch,
        pixels + at, w.outputRowStep, w.outputPixelStep, min(4, w.rows - row), w.columns, v128.load(w.bias + at), floor,
      ));
    products += across * pixelBytes;
  }
  return total;
}
