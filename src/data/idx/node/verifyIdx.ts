import { createHash } from 'node:crypto';
import { DataError } from '../../../errors.js';
import type { FileInput, FileReport, VerifyOptions } from '../../dataFormat.js';
import { invalidFile } from '../../invalidFile.js';
import { isRaw } from '../../node/files/openInput.js';
import { IdxDecoder } from '../decoder.js';
import type { IdxDtype } from '../dtype.js';
import { type IdxHeader, payloadBytes } from '../header.js';
import { openRawIdxFile } from './rawIdxFile.js';
import { readHeader } from './readHeader.js';

/** A report on an IDX file. */
export type IdxReport = Extract<FileReport, { valid: false }> | ValidIdx;

type ValidIdx = Extract<FileReport, { valid: true }> & { readonly dtype: IdxDtype };

/** Reads a whole IDX file, raw or gzip, in flat memory and says whether it is whole. Throws nothing but an abort. */
export async function verifyIdx(file: FileInput, options: VerifyOptions = {}): Promise<IdxReport> {
  const { path } = file;
  try {
    await readHeader(file);
    const { header, sha256 } = await (isRaw(file) ? verifyRaw(path, options) : verifyStream(file, options));
    return { path, valid: true, dtype: header.dtype, shape: header.shape, sha256 };
  } catch (error) {
    if (error instanceof DataError) return invalidFile(path, error);
    throw error;
  }
}

interface Verified {
  readonly header: IdxHeader;
  readonly sha256: string;
}

async function verifyRaw(path: string, { signal, onProgress }: VerifyOptions): Promise<Verified> {
  const file = await openRawIdxFile(path, signal);
  try {
    const promised = payloadBytes(file.header);
    return { header: file.header, sha256: await file.sha256((done) => onProgress?.(path, done, promised)) };
  } finally {
    await file.close();
  }
}

async function verifyStream(file: FileInput, { onProgress }: VerifyOptions): Promise<Verified> {
  const { path } = file;
  const decoder = new IdxDecoder(path);
  const hash = createHash('sha256');
  for await (const chunk of file.bytes()) {
    hash.update(decoder.push(chunk));
    if (decoder.header !== undefined) onProgress?.(path, decoder.arrived, payloadBytes(decoder.header));
  }
  return { header: decoder.end(), sha256: hash.digest('hex') };
}
