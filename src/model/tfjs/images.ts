import { EngineError } from '../../errors.js';
import type { LayerShape } from '../architecture.js';
import type { Images } from '../engine.js';
import { formatShape, shapeSize } from '../layers/layerShape.js';

const brightness = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** Values 0..1. */
export function toFloats(images: Images): Float32Array {
  if (!(images instanceof Uint8Array)) return images;
  const floats = new Float32Array(images.length);
  for (let i = 0; i < images.length; i++) floats[i] = brightness[images[i]!]!;
  return floats;
}

/**
 * The number of items of this shape in `values`.
 * @throws EngineError `ENGINE_BATCH` when that is no whole number
 */
export function countItems(values: Images, shape: LayerShape): number {
  const items = values.length / shapeSize(shape);
  if (Number.isInteger(items)) return items;
  throw wrongLength(`whole items of ${formatShape(shape)}`, `${values.length} values`);
}

/** @throws EngineError `ENGINE_BATCH` unless `values` are `items` items of this shape, at least one */
export function requireItems(values: Images, shape: LayerShape, items: number): void {
  if (!(Number.isInteger(items) && items > 0)) throw wrongLength('at least one image', `length ${items}`);
  if (values.length !== items * shapeSize(shape))
    throw wrongLength(`${items} × ${formatShape(shape)} values`, `${values.length} values`);
}

/** Over all values, summed in float64. */
export function meanSquaredError(output: Float32Array, target: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < output.length; i++) sum += (output[i]! - target[i]!) ** 2;
  return sum / output.length;
}

function wrongLength(expected: string, actual: string): EngineError {
  return new EngineError({
    code: 'ENGINE_BATCH',
    problem: 'batch',
    expected,
    actual,
    advice: "Give the engine images of its network's input shape.",
  });
}
