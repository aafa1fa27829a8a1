import { writeAtomically } from '../../../files/writeAtomically.js';
import type { ImageShape } from '../../batch.js';

/**
 * Writes an image as a PNG, whole or not at all.
 * @param pixels 0..255, `[height, width, channels]`, 1 or 3 channels
 * @throws FileError
 */
export async function writePng(path: string, pixels: Uint8Array, [height, width, channels]: ImageShape): Promise<void> {
  // Every command would pay for it at its start.
  const { encode } = await import('fast-png');
  await writeAtomically(path, encode({ width, height, channels, data: pixels }));
}
