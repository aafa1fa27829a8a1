import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type OptionNames, requireKnownOptions } from '../../../options.js';
import { defaultCacheFolder } from '../download/cacheFolder.js';
import { download } from '../download/download.js';
import type { Patience } from '../download/resumableFetch.js';
import { MNIST_FILES, MNIST_MIRRORS, type PublishedFile } from './mnistMirrors.js';

/** How far a download of MNIST is. */
export interface DownloadProgress {
  /** The file under way. */
  readonly file: string;
  /** Compressed bytes of all files, so far. */
  readonly received: number;
  /** Compressed bytes of all files that were missing. */
  readonly total: number;
  /** Where the files are kept. */
  readonly folder: string;
}

export interface FetchOptions extends Patience {
  /** The files go into its subfolder `mnist`. @default the system's folder for caches */
  readonly cacheFolder?: string;
  /** Addresses of folders with the four files, tried in turn. @default {@link MNIST_MIRRORS} */
  readonly mirrors?: readonly string[];
  readonly signal?: AbortSignal;
  /** This function is called once before anything is fetched, then whenever bytes have arrived; not when nothing is missing. */
  readonly onProgress?: (progress: DownloadProgress) => void;
}

export const FETCH_OPTIONS: OptionNames<FetchOptions> = {
  cacheFolder: true,
  mirrors: true,
  signal: true,
  onProgress: true,
  connectMs: true,
  stallMs: true,
};

/** What is downloaded: for a person. */
export const MNIST_SIZE = `${(sizeOf(Object.values(MNIST_FILES)) / 1e6).toFixed(1)} MB`;

/**
 * Where MNIST is kept.
 *
 * @example
 * console.log(mnistFolder('cache')); // cache/mnist
 */
export function mnistFolder(cacheFolder = defaultCacheFolder()): string {
  return join(cacheFolder, 'mnist');
}

/**
 * Downloads the four files of MNIST, decompressed and checked; files that are there and complete are left out. It resumes what an
 * earlier download left behind.
 *
 * @returns the folder they are in
 * @throws DataError `DATA_DOWNLOAD`, `DATA_DIGEST`, `DATA_CACHE`; the signal's reason on abort
 *
 * @example
 * const files = await fetchMnist({ onProgress: ({ file, received, total }) => console.log(file, received / total) });
 * const { train: digits, test } = await folder(files);
 */
export async function fetchMnist(options: FetchOptions = {}): Promise<string> {
  requireKnownOptions(options, FETCH_OPTIONS);
  const folder = mnistFolder(options.cacheFolder);
  const { signal = new AbortController().signal, onProgress } = options;
  const missing = await missingFiles(folder);
  const total = sizeOf(missing);
  let mirrors = options.mirrors ?? MNIST_MIRRORS;
  let before = 0;
  for (const file of missing) {
    const report = (bytes: number): void =>
      onProgress?.({ file: file.name, received: before + Math.min(bytes, file.compressedBytes), total, folder });
    report(0);
    const served = `${file.name}.gz`;
    const address = await download({
      ...options,
      urls: mirrors.map((mirror) => mirror + served),
      target: join(folder, file.name),
      expected: file,
      signal,
      onReceived: report,
    });
    // The mirror that works comes first for the next file: the others may take seconds to fail.
    mirrors = [...new Set([address.slice(0, -served.length), ...mirrors])];
    report(file.compressedBytes);
    before += file.compressedBytes;
  }
  return folder;
}

function sizeOf(files: readonly PublishedFile[]): number {
  return files.reduce((sum, file) => sum + file.compressedBytes, 0);
}

async function missingFiles(folder: string): Promise<PublishedFile[]> {
  const missing: PublishedFile[] = [];
  for (const file of Object.values(MNIST_FILES))
    if (!(await isWhole(join(folder, file.name), file))) missing.push(file);
  return missing;
}

async function isWhole(path: string, { sha256 }: PublishedFile): Promise<boolean> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch {
    return false;
  }
  return hash.digest('hex') === sha256;
}
