import type { ImageShape } from '../../../data/batch.js';
import { encodeIdxHeader } from '../../../data/idx/encoder.js';
import type { SaveTarget } from '../../../data/node/save/saveTarget.js';
import { encodeNpyHeader } from '../../../data/npy/encoder.js';
import { writeAtomically } from '../../../files/writeAtomically.js';
import { type PictureBatch, toBytes } from '../../pictureBatch.js';
import { LabelTally, writeLabels } from './writeLabels.js';

/** As many images as room is left for in a header: IDX counts with 32 bits, .npy with digits. */
const MOST = { idx: 0xffffffff, npy: Number.MAX_SAFE_INTEGER } as const;

/**
 * Writes images as bytes into an IDX or .npy file, and labels beside it where there are some. How many there are is written last.
 * @returns the paths that were written
 * @throws FileError; what the batches throw
 */
export async function writeImageArray(
  { path, format, labels: labelPath }: SaveTarget & { readonly format: 'idx' | 'npy' },
  [height, width, channels]: ImageShape,
  batches: AsyncIterable<PictureBatch>,
): Promise<readonly string[]> {
  const shape = channels === 1 ? [height, width] : [height, width, channels];
  const room = headerOf(format, [MOST[format], ...shape]).length;
  const labels = new LabelTally();
  await writeAtomically(path, async (file) => {
    let items = 0;
    await file.appendFile(new Uint8Array(room));
    for await (const batch of batches) {
      await file.appendFile(toBytes(batch.reconstruction));
      labels.add(batch.labels);
      items += batch.length;
    }
    await file.write(headerOf(format, [items, ...shape], room), 0, room, 0);
  });
  const found = labels.result();
  if (found === undefined || labelPath === undefined) return [path];
  await writeLabels(labelPath, found, format);
  return [path, labelPath];
}

function headerOf(format: 'idx' | 'npy', shape: readonly number[], bytes = 0): Uint8Array {
  return format === 'npy' ? encodeNpyHeader('uint8', shape, { bytes }) : encodeIdxHeader('uint8', shape);
}
