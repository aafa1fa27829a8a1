import { DataError } from '../errors.js';
import type { ImageShape } from './batch.js';

/** Whether the first of three dimensions must be the channels: there are at most four of them, and the last one are too many. */
export function isChannelsFirst([first, second, last]: readonly [number, number, number]): boolean {
  return first <= 4 && last > 4 && first < second;
}

/**
 * Refuses what would be images of a few rows and very many channels.
 * @param path names the data in the error
 * @throws DataError `DATA_SHAPE`
 */
export function requireChannelsLast(path: string, shape: ImageShape): void {
  if (!isChannelsFirst(shape)) return;
  const [channels, height, width] = shape;
  throw new DataError({
    code: 'DATA_SHAPE',
    path,
    expected: 'images of height × width × channels',
    actual: `${shape.join('×')}, where the channels come first`,
    advice: `Put them last, ${height}×${width}×${channels}: images.transpose(0, 2, 3, 1) in NumPy, images.permute(0, 2, 3, 1) in PyTorch.`,
  });
}
