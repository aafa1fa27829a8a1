import { SinkError, WeightsError } from '../errors.js';
import { writeAtomically } from '../model/files/writeAtomically.js';
import type { ImageShape } from '../streams/batch.js';

/**
 * Writes an image as a PNG, whole or not at all.
 * @param pixels 0..255, `[height, width, channels]`, 1 or 3 channels
 * @throws SinkError `SINK_UNWRITABLE`
 */
export async function writePng(path: string, pixels: Uint8Array, [height, width, channels]: ImageShape): Promise<void> {
  // Every command would pay for it at its start.
  const { encode } = await import('fast-png');
  await writeAtomically(path, encode({ width, height, channels, data: pixels })).catch((error: unknown) => {
    if (!(error instanceof WeightsError)) throw error;
    throw new SinkError({
      code: 'SINK_UNWRITABLE',
      path,
      expected: 'a place to write the picture to',
      actual: error.actual ?? error.code,
      advice: error.advice,
      cause: error,
    });
  });
}
