import type { FileInput } from '../../dataFormat.js';
import { grown, MEMORY_LIMIT, requireFit } from '../../node/files/allocate.js';
import { isRaw } from '../../node/files/openInput.js';
import { IdxDecoder } from '../decoder.js';
import { type IdxHeader, payloadBytes } from '../header.js';
import { openRawIdxFile } from './rawIdxFile.js';
import { readHeader } from './readHeader.js';

/** A whole IDX file in memory. */
export interface DecodedIdx {
  readonly path: string;
  readonly header: IdxHeader;
  /** The bytes after the header: values in file order, big-endian. */
  readonly payload: Uint8Array;
}

/**
 * Reads and checks a whole IDX file, raw or gzip, into memory.
 * @throws IdxError every code; DataError every code of a single file, `DATA_TOO_LARGE` where it holds more than 1 GiB
 */
export async function readIdx(file: FileInput, signal?: AbortSignal): Promise<DecodedIdx> {
  const { path } = file;
  await readHeader(file);
  if (!isRaw(file)) return decodeIdx(file.bytes(), path);
  const raw = await openRawIdxFile(path, signal);
  try {
    requireFit(payloadBytes(raw.header), path, MEMORY_LIMIT);
    return { path, header: raw.header, payload: await raw.read(0, raw.header.itemCount) };
  } finally {
    await raw.close();
  }
}

/**
 * Decodes a whole IDX file from decompressed bytes. Memory grows with the bytes that arrive, whatever the header promises.
 * @param path names the bytes in errors
 * @param limit bytes of the payload. @default 1 GiB
 * @throws IdxError what `IdxDecoder` and `bytes` throw; DataError `DATA_TOO_LARGE` where more arrives than the limit, or than
 *   memory can hold
 */
export async function decodeIdx(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  limit: number = MEMORY_LIMIT,
): Promise<DecodedIdx> {
  const decoder = new IdxDecoder(path);
  let payload = new Uint8Array(0);
  for await (const chunk of bytes) {
    const part = decoder.push(chunk);
    if (decoder.header === undefined) continue;
    requireFit(decoder.arrived, path, limit);
    payload = grown(payload, decoder.arrived, payloadBytes(decoder.header), path);
    payload.set(part, decoder.arrived - part.length);
  }
  return { path, header: decoder.end(), payload };
}
