import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { DataError } from '../../../errors.js';
import { writeAtomically } from '../../../files/writeAtomically.js';
import { decompress } from '../files/openBytes.js';
import { inCache } from './cacheErrors.js';
import { TransferError } from './resumableFetch.js';

/** The content that a download must have. */
export interface ExpectedContent {
  /** Size of the decompressed file. */
  readonly bytes: number;
  /** sha256 of the decompressed file. */
  readonly sha256: string;
}

/** A mirror delivered something else. */
export class ContentError extends TransferError {}

/**
 * Decompresses a finished download to `target`, which appears only if its content is the expected one.
 * @throws ContentError when it is not; DataError `DATA_CACHE`; the signal's reason on abort
 */
export async function unpack(
  part: string,
  target: string,
  expected: ExpectedContent,
  signal: AbortSignal,
): Promise<void> {
  await inCache(target, () =>
    writeAtomically(target, async (file) => {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of contentOf(part)) {
        signal.throwIfAborted();
        bytes += chunk.length;
        if (bytes > expected.bytes) throw new ContentError(`more than ${expected.bytes} bytes of data`);
        hash.update(chunk);
        await file.appendFile(chunk);
      }
      const sha256 = hash.digest('hex');
      if (sha256 !== expected.sha256) throw new ContentError(`${bytes} bytes of other data (sha256 ${sha256})`);
    }),
  );
}

async function* contentOf(part: string): AsyncGenerator<Uint8Array> {
  try {
    yield* decompress(createReadStream(part), part);
  } catch (error) {
    if (error instanceof DataError) throw new ContentError('damaged data', { cause: error });
    throw error;
  }
}
