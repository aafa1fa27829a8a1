import { type FileHandle, open, stat } from 'node:fs/promises';
import type { WeightsError } from '../../errors.js';
import { systemCode, systemReason } from '../../files/systemError.js';
import { toTensor } from '../safetensors/encoding.js';
import { FOREIGN_START_BYTES, refuseForeign } from '../safetensors/foreignWeights.js';
import { decodeHeader, headerLength } from '../safetensors/header.js';
import { PREFIX_BYTES } from '../safetensors/headerJson.js';
import type { SafetensorsFile } from '../safetensors/safetensorsFile.js';
import { weightsError } from '../safetensors/weightsError.js';

/**
 * Opens a file for as long as `use` takes. Memory is taken for what the file has, never for what it claims.
 * @throws WeightsError
 */
export async function withSafetensors<T>(path: string, use: (file: SafetensorsFile) => Promise<T>): Promise<T> {
  try {
    await refuseOther(path);
    const file = await open(path, 'r');
    try {
      return await use(await openSafetensors(file, path));
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Before it is opened: opening a pipe waits until someone writes to it. */
async function refuseOther(path: string): Promise<void> {
  const present = await stat(path);
  if (present.isFile()) return;
  throw unreadableError(path, present.isDirectory() ? 'a folder' : 'something that is not a file');
}

async function openSafetensors(file: FileHandle, path: string): Promise<SafetensorsFile> {
  const { size } = await file.stat();
  const start = await readRange(file, 0, Math.min(FOREIGN_START_BYTES, size), path);
  refuseForeign(start, path);
  const prefix = start.subarray(0, PREFIX_BYTES);
  const length = headerLength(prefix, size, path);
  const header = decodeHeader(await readRange(file, PREFIX_BYTES, length, path), size, path);
  return {
    ...header,
    async read(name) {
      const entry = header.tensors.get(name)!;
      return toTensor(name, entry, await readRange(file, entry.offset, entry.bytes, path), path);
    },
    async readBytes(name, from, to) {
      return readRange(file, header.tensors.get(name)!.offset + from, to - from, path);
    },
  };
}

async function readRange(file: FileHandle, offset: number, length: number, path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(bytes, read, length - read, offset + read);
    if (bytesRead === 0)
      throw weightsError('WEIGHTS_TRUNCATED', path, {
        offset: offset + read,
        expected: `${length - read} further bytes`,
        actual: 'the end of the file',
        advice: 'The file was cut while it was read: try again.',
      });
    read += bytesRead;
  }
  return bytes;
}

function unreadable(path: string, error: unknown): unknown {
  const reason = systemReason(error);
  return reason === undefined ? error : unreadableError(path, reason, error);
}

function unreadableError(path: string, actual: string, cause?: unknown): WeightsError {
  const missing = systemCode(cause) === 'ENOENT';
  return weightsError(missing ? 'WEIGHTS_NOT_FOUND' : 'WEIGHTS_UNREADABLE', path, {
    expected: 'a safetensors file',
    actual,
    advice: missing ? 'Check the path.' : 'Give a file that can be read.',
    cause,
  });
}
