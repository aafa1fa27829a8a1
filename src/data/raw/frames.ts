// Raw frames: bytes of images one behind the other, without a header. Only their number can be wrong.
import { DataError } from '../../errors.js';
import { type ImageShape, imageSize } from '../batch.js';

/**
 * How many frames so many bytes are.
 * @throws DataError `RAW_TRUNCATED` where the last one is not whole
 */
export function countFrames(path: string, bytes: number, shape: ImageShape): number {
  const frames = bytes / imageSize(shape);
  if (Number.isInteger(frames)) return frames;
  throw partialFrame(path, bytes, shape);
}

/** The last frame is not whole. `offset` is where it begins. */
export function partialFrame(path: string, bytes: number, shape: ImageShape): DataError {
  const size = imageSize(shape);
  const whole = Math.floor(bytes / size);
  return new DataError({
    code: 'RAW_TRUNCATED',
    path,
    offset: whole * size,
    expected: `whole frames of ${shape.join('×')}, ${size} ${size === 1 ? 'byte' : 'bytes'} each`,
    actual: `${whole} whole ${whole === 1 ? 'frame' : 'frames'} and ${bytes - whole * size} bytes`,
    advice: 'Check the shape (height × width × channels); where it is right, the last frame was cut off.',
  });
}
