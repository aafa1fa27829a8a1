// Images as quantised, deflated latents and the decoder that makes images of them again, in one safetensors file.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createDeflate, deflateSync } from 'node:zlib';
import type { LatentBatch } from '../../latentBatch.js';
import type { Model } from '../../model.js';
import type { Quantised } from '../../operators/quantise.js';
import type { Quantisation } from '../../quantisation.js';
import { SHARED_VERSION } from '../../sharedDecoder.js';
import { LabelTally } from '../save/writeLabels.js';
import { bytesOf } from './latentSpool.js';
import { writeTensors } from './tensorsFile.js';

/**
 * Writes a file that needs nothing else to be decoded: the decoder's weights, the quantisation of each channel, the numbers of all
 * latents (8 bits each up to 8 bits, otherwise 16, little-endian) as a zlib stream, labels likewise. `docs/MODELS.md` has the format.
 *
 * @returns its size in bytes
 * @throws FileError; what the batches throw
 */
export async function writeShared(
  path: string,
  batches: AsyncIterable<LatentBatch & Quantised>,
  model: Model,
  quantisation: Quantisation,
): Promise<number> {
  const metadata = {
    shared: SHARED_VERSION,
    architecture: JSON.stringify(model.architecture),
    decoder: await model.decoderDigest(),
    bits: String(quantisation.bits),
  };
  const weights = model.decoderWeights();
  return writeTensors(path, metadata, weights.size + 4, async (writer) => {
    const hash = createHash('sha256');
    const add = async (
      name: string,
      dtype: 'F32' | 'U8',
      bytes: Uint8Array | AsyncIterable<Uint8Array>,
      shape?: readonly number[],
    ) => {
      const length = await writer.append(hashed(bytes, hash));
      writer.name(name, dtype, shape ?? [length]);
    };
    for (const [name, { data, shape }] of weights) await add(name, 'F32', bytesOf(data), shape);
    for (const part of ['minimum', 'step'] as const)
      await add(part, 'F32', bytesOf(quantisation[part]), [quantisation[part].length]);
    const { codes, items, labels } = codesOf(batches);
    await add('latents', 'U8', codes);
    const found = labels.result();
    if (found !== undefined) await add('labels', 'U8', deflateSync(found, { level: 9 }));
    return { items: String(items()), digest: hash.digest('hex') };
  });
}

/** The numbers of all latents as a zlib stream, and what passes beside them. */
function codesOf(batches: AsyncIterable<LatentBatch & Quantised>) {
  const labels = new LabelTally();
  let items = 0;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const batch of batches) {
      labels.add(batch.labels);
      items += batch.length;
      yield bytesOf(batch.codes);
    }
  }
  const deflate = createDeflate({ level: 9 });
  return { codes: piped(Readable.from(bytes()), deflate), items: () => items, labels };
}

/** What comes out of a transformation, with the errors of what goes in. */
async function* piped(source: Readable, through: NodeJS.ReadWriteStream & Readable): AsyncGenerator<Uint8Array> {
  source.on('error', (error) => through.destroy(error));
  source.pipe(through);
  yield* through as AsyncIterable<Uint8Array>;
}

async function* hashed(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
    hash.update(chunk);
    yield chunk;
  }
}
