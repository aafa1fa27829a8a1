import { open } from 'node:fs/promises';
import { isNpy } from '../../../data/npy/header.js';
import { DataError } from '../../../errors.js';
import { systemCode, systemReason } from '../../../files/systemError.js';
import { withSafetensors } from '../../../model/node/safetensorsFile.js';
import type { Model } from '../../model.js';
import { isShared } from '../../sharedDecoder.js';
import { csvLatents } from './csvLatents.js';
import { npyLatents } from './npyLatents.js';
import { foreignLatents, type OpenedLatents } from './openedLatents.js';
import { tensorLatents } from './tensorLatents.js';

/** The formats of latents, told by the content of a file. */
export type LatentFileFormat = 'npy' | 'safetensors' | 'shared' | 'csv';

/**
 * Tells what a file of latents is.
 * @throws DataError where it cannot be read; WeightsError where a safetensors file is damaged
 */
export async function latentFormatOf(path: string): Promise<LatentFileFormat> {
  const start = await startOf(path);
  if (isNpy(start)) return 'npy';
  if (start[8] !== '{'.charCodeAt(0)) return 'csv';
  return withSafetensors(path, async (file) => (isShared(file) ? 'shared' : 'safetensors'));
}

/**
 * Lets latents be read, and closes their file.
 * @throws ModelError `MODEL_LATENTS` where they are for another decoder; DataError and WeightsError where the file is damaged
 */
export async function withLatents<T>(
  path: string,
  format: LatentFileFormat,
  model: Model,
  use: (latents: OpenedLatents) => Promise<T>,
): Promise<T> {
  const { latentShape } = model;
  if (format === 'csv') return use(csvLatents(path, latentShape));
  if (format !== 'npy')
    return withSafetensors(path, async (file) => {
      const latents = await tensorLatents(file, path, latentShape);
      await requireDecoder(latents, model);
      return use(latents);
    });
  const file = await open(path, 'r').catch(unreadable(path));
  try {
    return await use(await npyLatents(file, path, latentShape));
  } finally {
    await file.close();
  }
}

async function requireDecoder({ decoder, path }: OpenedLatents, model: Model): Promise<void> {
  const own = await model.decoderDigest();
  if (decoder === undefined || decoder === own) return;
  const actual = `latents of another one (${decoder.slice(0, 12)}…, the decoder of ${model.name} is ${own.slice(0, 12)}…)`;
  throw foreignLatents(path, model.latentShape, actual);
}

async function startOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch(unreadable(path));
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(16), 0, 16, 0).catch(unreadable(path));
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function unreadable(path: string): (cause: unknown) => never {
  return (cause) => {
    const actual = systemReason(cause);
    if (actual === undefined) throw cause;
    const missing = systemCode(cause) === 'ENOENT';
    throw new DataError({
      code: missing ? 'DATA_NOT_FOUND' : 'DATA_UNREADABLE',
      path,
      expected: 'a file of latents',
      actual,
      advice: missing ? 'Check the path.' : 'Give a file that can be read.',
      cause,
    });
  };
}
