import { DataError } from '../../../errors.js';
import { ContentError, type ExpectedContent, unpack } from './gunzipVerified.js';
import { claimPart, type PartFile } from './partFile.js';
import { type Patience, TransferError, transfer } from './resumableFetch.js';

export interface DownloadOptions extends Patience {
  /** Addresses of the same file, raw or compressed with gzip, tried in turn. */
  readonly urls: readonly string[];
  /** Where the decompressed file goes. */
  readonly target: string;
  readonly expected: ExpectedContent;
  readonly signal: AbortSignal;
  /** Called with the number of bytes that have arrived, those of an earlier attempt included. */
  readonly onReceived: (bytes: number) => void;
}

/** Requests to one mirror, as long as each brings the file further. */
const ATTEMPTS = 10;

/**
 * Downloads one file: resumed after every interruption, decompressed, checked, and only then put in its place. What has
 * arrived stays beside it for the next time when this one fails.
 *
 * @returns the address that delivered
 * @throws DataError `DATA_DOWNLOAD` when no mirror delivers, `DATA_DIGEST` when they deliver something else,
 * `DATA_CACHE` when the file cannot be written; the signal's reason on abort
 */
export async function download(options: DownloadOptions): Promise<string> {
  const part = await claimPart(options.target);
  try {
    const url = await fromAnyMirror(part, options);
    await part.discard();
    return url;
  } catch (error) {
    await part.release();
    throw error;
  }
}

async function fromAnyMirror(part: PartFile, options: DownloadOptions): Promise<string> {
  const failures: { url: string; error: TransferError }[] = [];
  for (const url of options.urls) {
    try {
      await fromMirror(part, url, options);
      return url;
    } catch (error) {
      if (!(error instanceof TransferError)) throw error;
      failures.push({ url, error });
    }
  }
  throw new DataError({
    code: failures.some(({ error }) => error instanceof ContentError) ? 'DATA_DIGEST' : 'DATA_DOWNLOAD',
    path: options.target,
    problem: `the download failed (${failures.map(({ url, error }) => `${new URL(url).host}: ${error.message}`).join('; ')})`,
    advice: 'Check the network, or get the files in another way and name their folder with --data.',
  });
}

async function fromMirror(part: PartFile, url: string, options: DownloadOptions): Promise<void> {
  const resumed = (await part.size()) > 0;
  await complete(part, url, options);
  try {
    await unpack(part.path, options.target, options.expected, options.signal);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    await part.handle.truncate(0);
    if (!resumed) throw error;
    // What was resumed may have come from a mirror with another gzip file.
    await fromMirror(part, url, options);
  }
}

async function complete(part: PartFile, url: string, options: DownloadOptions): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await part.size();
    try {
      return await transfer({ ...options, url, part, limit: options.expected.bytes });
    } catch (error) {
      const cameFurther = (await part.size()) > before;
      if (!(error instanceof TransferError) || !cameFurther || attempt === ATTEMPTS) throw error;
    }
  }
}
