import { EngineError } from '../errors.js';
import type { Images } from './engine.js';
import type { LayerShape } from './layers/definition/layerShape.js';
import { formatShape, shapeSize } from './layers/definition/layerShape.js';

/** What the values are of: images at the input, latents at the decoder. */
export type ItemKind = 'images' | 'latents';

/**
 * The number of items of this shape in `values`.
 * @throws EngineError `ENGINE_BATCH` when that is not a whole number
 */
export function countItems(values: Images, shape: LayerShape, kind: ItemKind = 'images'): number {
  const items = values.length / shapeSize(shape);
  if (Number.isInteger(items)) return items;
  throw wrongLength(kind, `whole items of ${formatShape(shape)}`, `${values.length} values`);
}

/** @throws EngineError `ENGINE_BATCH` unless `values` are `items` items of this shape, at least one */
export function requireItems(values: Images, shape: LayerShape, items: number): void {
  if (!(Number.isInteger(items) && items > 0)) throw wrongLength('images', 'at least one image', `length ${items}`);
  if (values.length !== items * shapeSize(shape))
    throw wrongLength('images', `${items} × ${formatShape(shape)} values`, `${values.length} values`);
}

const ADVICE: Readonly<Record<ItemKind, string>> = {
  images: "Give the engine images of its network's input shape.",
  latents: 'Give decode latents of the shape that encode gives, one after the other.',
};

function wrongLength(kind: ItemKind, expected: string, actual: string): EngineError {
  return new EngineError({
    code: 'ENGINE_BATCH',
    problem: kind === 'images' ? 'batch' : kind,
    expected,
    actual,
    advice: ADVICE[kind],
  });
}
