import type { LatentBatch } from '../../latentBatch.js';
import type { Quantised } from '../../operators/quantise.js';
import { LabelTally } from '../save/writeLabels.js';
import { bytesOf } from './latentSpool.js';
import { writeTensors } from './tensorsFile.js';

/** Metadata of latents in a safetensors file. */
export interface LatentMetadata {
  /** `model.decoderDigest()`: another decoder is refused. */
  readonly decoder: string;
}

/** `latents`, `labels`, `minimum` and `step`. */
const TENSORS = 4;

/**
 * Writes latents into a safetensors file: `latents`, and `labels` where there are some. Quantised ones are whole numbers (U8, U16) with `minimum` and
 * `step` of each channel: a latent is `minimum + step × number`. The digest of their decoder stands in the metadata.
 * @returns the paths that were written
 * @throws FileError; what the batches throw
 */
export async function writeLatentTensors(
  path: string,
  batches: AsyncIterable<LatentBatch & Partial<Quantised>>,
  metadata: LatentMetadata,
): Promise<readonly string[]> {
  const labels = new LabelTally();
  await writeTensors(path, { ...metadata }, TENSORS, async (writer) => {
    let items = 0;
    let last: (LatentBatch & Partial<Quantised>) | undefined;
    for await (const batch of batches) {
      await writer.append(bytesOf(batch.codes ?? batch.latents));
      labels.add(batch.labels);
      items += batch.length;
      last = batch;
    }
    const { latentShape = [], codes, quantisation } = last ?? {};
    const dtype = codes === undefined ? 'F32' : codes instanceof Uint8Array ? 'U8' : 'U16';
    writer.name('latents', dtype, [items, ...latentShape]);
    const found = labels.result();
    if (found !== undefined) {
      await writer.append(found);
      writer.name('labels', 'U8', [found.length]);
    }
    if (quantisation === undefined) return {};
    for (const part of ['minimum', 'step'] as const) {
      await writer.append(bytesOf(quantisation[part]));
      writer.name(part, 'F32', [quantisation[part].length]);
    }
    return { bits: String(quantisation.bits) };
  });
  return [path];
}
