import { Readable } from 'node:stream';
import { createInflate, inflateSync } from 'node:zlib';
import { type LayerShape, shapeSize } from '../../../model/layers/definition/layerShape.js';
import { formatEntry } from '../../../model/safetensors/header.js';
import type { SafetensorsFile } from '../../../model/safetensors/safetensorsFile.js';
import { weightsError } from '../../../model/safetensors/weightsError.js';
import type { LatentBatch } from '../../latentBatch.js';
import { decodeCodes, type Quantisation } from '../../quantisation.js';
import { isShared } from '../../sharedDecoder.js';
import { foreignLatents, type OpenedLatents } from './openedLatents.js';

/** Bytes read at once. */
const CHUNK_BYTES = 2 ** 20;

/**
 * Latents in a safetensors file: `latents` as F32, or quantised (U8, U16 with `minimum` and `step`), or deflated as in a shared file.
 * @throws ModelError `MODEL_LATENTS` for other latents; WeightsError where the file is damaged or has none
 */
export async function tensorLatents(
  file: SafetensorsFile,
  path: string,
  latentShape: LayerShape,
): Promise<OpenedLatents> {
  const entry = file.tensors.get('latents');
  if (entry === undefined)
    throw weightsError('WEIGHTS_MISMATCH', path, {
      expected: 'a tensor latents, as millrace encode writes it',
      actual: `${[...file.tensors.keys()].slice(0, 4).join(', ') || 'none'}`,
      advice: 'Give latents: millrace encode makes them.',
    });
  const size = shapeSize(latentShape);
  const deflated = isShared(file);
  const items = deflated ? Number(file.metadata.get('items')) : entry.shape[0]!;
  if (!deflated && (shapeSize(entry.shape.slice(1)) !== size || !['F32', 'U8', 'U16'].includes(entry.dtype)))
    throw foreignLatents(path, latentShape, formatEntry(entry));
  const quantisation = file.tensors.has('step') ? await quantisationIn(file) : undefined;
  if (quantisation === undefined && entry.dtype !== 'F32')
    throw foreignLatents(path, latentShape, `${entry.dtype} without step`);
  const labels = await labelsIn(file, deflated);
  const decoder = file.metadata.get('decoder');
  return {
    path,
    items,
    ...(decoder !== undefined && { decoder }),
    async *batches(batchSize) {
      const valueBytes = quantisation === undefined ? 4 : quantisation.bits <= 8 ? 1 : 2;
      const stored = bytesIn(file, entry.bytes);
      const bytes = deflated ? inflated(stored) : stored;
      let first = 0;
      for await (const part of inPieces(bytes, batchSize * size * valueBytes)) {
        const values = valuesOf(part, quantisation);
        const length = Math.floor(values.length / size);
        yield {
          length,
          latentShape,
          latents: values.subarray(0, length * size),
          ...(labels !== undefined && { labels: labels.subarray(first, first + length) }),
        } satisfies LatentBatch;
        first += length;
      }
      if (first !== items) throw foreignLatents(path, latentShape, `${first} of ${items} whole images`);
    },
  };
}

async function quantisationIn(file: SafetensorsFile): Promise<Quantisation> {
  const [minimum, step] = [await file.read('minimum'), await file.read('step')];
  return { bits: Number(file.metadata.get('bits') ?? 8), minimum: minimum.data, step: step.data };
}

async function labelsIn(file: SafetensorsFile, deflated: boolean): Promise<Uint8Array | undefined> {
  const entry = file.tensors.get('labels');
  if (entry === undefined) return undefined;
  const bytes = await file.readBytes('labels', 0, entry.bytes);
  return deflated ? inflateSync(bytes) : bytes;
}

function valuesOf(bytes: Uint8Array, quantisation: Quantisation | undefined): Float32Array {
  // Copied: values of two or four bytes begin anywhere in a chunk.
  const { buffer } = Uint8Array.from(bytes);
  if (quantisation === undefined) return new Float32Array(buffer);
  return decodeCodes(quantisation.bits <= 8 ? new Uint8Array(buffer) : new Uint16Array(buffer), quantisation);
}

async function* bytesIn(file: SafetensorsFile, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < size; from += CHUNK_BYTES)
    yield file.readBytes('latents', from, Math.min(size, from + CHUNK_BYTES));
}

async function* inflated(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(bytes);
  const inflate = createInflate();
  source.on('error', (error) => inflate.destroy(error));
  source.pipe(inflate);
  yield* inflate as AsyncIterable<Uint8Array>;
}

/** Pieces of so many bytes; the last one may be shorter. */
export async function* inPieces(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(bytes);
  let filled = 0;
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + bytes - filled);
      piece.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < bytes) continue;
      yield piece;
      piece = new Uint8Array(bytes);
      filled = 0;
    }
  if (filled > 0) yield piece.subarray(0, filled);
}
