import { OptionError } from '../errors.js';
import type { ImageShape } from './batch.js';

/** @throws OptionError when the shape is not that of an image */
export function requireImageShape(shape: ImageShape): void {
  if (Array.isArray(shape) && shape.length === 3 && shape.every((side) => Number.isSafeInteger(side) && side >= 1))
    return;
  throw new OptionError('shape', shape, 'height, width and channels, whole numbers of at least 1');
}
