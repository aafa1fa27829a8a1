import { DataError } from '../errors.js';
import type { ImageShape } from './batch.js';

/**
 * Data of a format say their shape themselves, and what is said of them beside that has to agree.
 * @param said the option `shape`; nothing agrees with all
 * @throws DataError `DATA_SHAPE`
 */
export function requireSaidShape(path: string, shape: ImageShape, said: ImageShape | undefined): void {
  if (said === undefined || said.join() === shape.join()) return;
  throw new DataError({
    code: 'DATA_SHAPE',
    path,
    expected: `images of ${said.join('×')}, as shape says`,
    actual: shape.join('×'),
    advice: 'These data say their shape themselves: leave shape out, which is for raw frames.',
  });
}
