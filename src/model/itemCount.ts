import { EngineError } from '../errors.js';
import type { LayerShape } from './architecture.js';
import type { Images } from './engine.js';
import { formatShape, shapeSize } from './layers/layerShape.js';

/**
 * The number of items of this shape in `values`.
 * @throws EngineError `ENGINE_BATCH` when that is not a whole number
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

function wrongLength(expected: string, actual: string): EngineError {
  return new EngineError({
    code: 'ENGINE_BATCH',
    problem: 'batch',
    expected,
    actual,
    advice: "Give the engine images of its network's input shape.",
  });
}
