// What tells a shared file, and its decoder out of it.
import type { Network } from '../model/architecture.js';
import { checkArchitecture } from '../model/checkArchitecture.js';
import type { NamedTensors, Tensor } from '../model/engine.js';
import { requireTensors } from '../model/requireTensors.js';
import type { SafetensorsFile } from '../model/safetensors/safetensorsFile.js';
import { weightsError } from '../model/safetensors/weightsError.js';
import { metadataJson } from '../model/weights/readCheckpoint.js';
import type { CreateSha256 } from '../sha256.js';

/** `shared` in the metadata; changes when an older Millrace could no longer read the file rightly. */
export const SHARED_VERSION = '1';
/** Bytes hashed at once. */
const CHUNK_BYTES = 2 ** 20;

export function isShared({ metadata }: SafetensorsFile): boolean {
  return metadata.has('shared');
}

/** The network of a shared file, its decoder with its weights; the encoder, which is not in it, has zeros. */
export interface SharedDecoder {
  readonly network: Network;
  readonly weights: NamedTensors;
}

/**
 * Reads all of a shared file once, and its decoder out of it.
 * @throws WeightsError where it is damaged, or of a newer version
 */
export async function readSharedDecoder(
  file: SafetensorsFile,
  path: string,
  createSha256: CreateSha256,
): Promise<SharedDecoder> {
  const version = file.metadata.get('shared');
  if (version !== SHARED_VERSION)
    throw weightsError('WEIGHTS_HEADER', path, {
      problem: 'shared in the metadata',
      expected: `a shared file of version ${SHARED_VERSION}`,
      actual: `version ${version}`,
      advice: 'A newer Millrace has written this file: use that one.',
    });
  const network = checkArchitecture(metadataJson(file, 'architecture', path), path);
  const specs = network.decoder.flatMap(({ weights }) => weights);
  requireTensors(specs, new Map([...file.tensors].filter(([name]) => name.startsWith('decoder.'))), path);
  await requireDigest(file, path, createSha256);
  const weights = new Map<string, Tensor>();
  for (const { name, shape } of network.encoder.flatMap((layer) => layer.weights))
    weights.set(name, { shape, data: new Float32Array(shape.reduce((product, side) => product * side, 1)) });
  for (const { name } of specs) weights.set(name, await file.read(name));
  return { network, weights };
}

/** Of all tensors, in the order of their bytes. */
async function requireDigest(file: SafetensorsFile, path: string, createSha256: CreateSha256): Promise<void> {
  const hash = createSha256();
  for (const [name, { bytes }] of file.tensors)
    for (let from = 0; from < bytes; from += CHUNK_BYTES)
      hash.update(await file.readBytes(name, from, Math.min(bytes, from + CHUNK_BYTES)));
  const [expected = 'none', actual] = [file.metadata.get('digest'), hash.digest()];
  if (actual === expected) return;
  throw weightsError('WEIGHTS_DIGEST', path, {
    expected: `values with the digest ${expected.slice(0, 12)}…`,
    actual: `${actual.slice(0, 12)}…`,
    advice: 'The file is damaged: copy it again.',
  });
}
