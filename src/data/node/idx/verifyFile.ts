import { createHash } from 'node:crypto';
import { IdxError, type IdxErrorCode } from '../../../errors.js';
import { IdxDecoder } from '../../idx/decoder.js';
import type { IdxDtype } from '../../idx/dtype.js';
import { type IdxHeader, payloadBytes } from '../../idx/header.js';
import { openBytes } from '../files/openBytes.js';
import { openRawIdxFile } from './rawIdxFile.js';

/** A whole file. */
export interface ValidIdx {
  readonly path: string;
  readonly valid: true;
  readonly dtype: IdxDtype;
  readonly shape: readonly number[];
  /** Of the decompressed bytes after the header, lower-case hexadecimal. */
  readonly sha256: string;
}

/** A file that is not there, not IDX, or damaged. */
export interface InvalidIdx {
  readonly path: string;
  readonly valid: false;
  readonly code: IdxErrorCode;
  /** In decompressed bytes. */
  readonly offset: number;
  readonly expected: string;
  readonly actual: string;
  readonly advice: string;
  /** All of it in one sentence. */
  readonly message: string;
}

/** What `millrace data verify --json` prints for one file. */
export type IdxReport = ValidIdx | InvalidIdx;

export interface VerifyOptions {
  readonly signal?: AbortSignal;
  /** Told the bytes of the payload that are done and how many the header promises. */
  readonly onProgress?: (done: number, promised: number) => void;
}

/** Reads a whole IDX file, raw or gzip, in flat memory and says whether it is whole. Throws nothing but an abort. */
export async function verifyIdx(path: string, options: VerifyOptions = {}): Promise<IdxReport> {
  try {
    const { header, sha256 } = (await verifyRaw(path, options)) ?? (await verifyStream(path, options));
    return { path, valid: true, dtype: header.dtype, shape: header.shape, sha256 };
  } catch (error) {
    if (error instanceof IdxError) return invalidIdx(path, error);
    throw error;
  }
}

/** The report on a file that failed with that error. */
export function invalidIdx(path: string, error: IdxError): InvalidIdx {
  const { code, offset = 0, expected = '', actual = '', advice, message } = error;
  return { path, valid: false, code, offset, expected, actual, advice, message };
}

interface Verified {
  readonly header: IdxHeader;
  readonly sha256: string;
}

async function verifyRaw(path: string, { signal, onProgress }: VerifyOptions): Promise<Verified | undefined> {
  const file = await openRawIdxFile(path, signal);
  if (file === undefined) return undefined;
  try {
    const promised = payloadBytes(file.header);
    return { header: file.header, sha256: await file.sha256((done) => onProgress?.(done, promised)) };
  } finally {
    await file.close();
  }
}

async function verifyStream(path: string, { signal, onProgress }: VerifyOptions): Promise<Verified> {
  const decoder = new IdxDecoder(path);
  const hash = createHash('sha256');
  for await (const chunk of openBytes(path, signal)) {
    hash.update(decoder.push(chunk));
    if (decoder.header !== undefined) onProgress?.(decoder.arrived, payloadBytes(decoder.header));
  }
  return { header: decoder.end(), sha256: hash.digest('hex') };
}
