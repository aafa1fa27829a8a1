import { encodeNpyHeader } from '../../../data/npy/encoder.js';
import { writeAtomically } from '../../../files/writeAtomically.js';
import type { LayerShape } from '../../../model/layers/definition/layerShape.js';
import type { LatentBatch } from '../../latentBatch.js';
import { LabelTally, writeLabels } from '../save/writeLabels.js';
import { bytesOf } from './latentSpool.js';

/**
 * Writes latents as float32 into an .npy file, and labels beside it where there are some. How many there are is written last.
 * @returns the paths that were written
 * @throws FileError; what the batches throw
 */
export async function writeLatentArray(
  path: string,
  latentShape: LayerShape,
  batches: AsyncIterable<LatentBatch>,
): Promise<readonly string[]> {
  const room = encodeNpyHeader('float32', [Number.MAX_SAFE_INTEGER, ...latentShape]).length;
  const labels = new LabelTally();
  await writeAtomically(path, async (file) => {
    let items = 0;
    await file.appendFile(new Uint8Array(room));
    for await (const batch of batches) {
      await file.appendFile(bytesOf(batch.latents));
      labels.add(batch.labels);
      items += batch.length;
    }
    await file.write(encodeNpyHeader('float32', [items, ...latentShape], { bytes: room }), 0, room, 0);
  });
  const found = labels.result();
  if (found === undefined) return [path];
  const labelPath = path.replace(/\.npy$/i, '-labels.npy');
  await writeLabels(labelPath, found, 'npy');
  return [path, labelPath];
}
