// A zip archive on the disk: its members by name, read one at a time.
import * as zlib from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { DataError } from '../../../errors.js';
import { fail, inspect } from '../../node/files/openFile.js';

export interface ZipMember {
  readonly name: string;
  /** Bytes that it promises to be. */
  readonly size: number;
  /** Where its bytes begin in the archive, of one that is not compressed. */
  readonly offset: number | undefined;
  /**
   * Its bytes, never more than `size`; they are compared with the checksum, by a Node that has one (20.15).
   * @throws DataError `ZIP_DAMAGED`
   */
  bytes(): AsyncGenerator<Uint8Array, void>;
}

export interface ZipArchive {
  readonly members: readonly ZipMember[];
  close(): void;
}

/** An archive of a data set has a dozen. */
const MOST_MEMBERS = 1000;
const STORED = 0;

/** @throws DataError `ZIP_DAMAGED`, `ZIP_MEMBERS` where there are too many, `DATA_UNREADABLE` */
export async function openZip(path: string): Promise<ZipArchive> {
  await inspect(path);
  // Every command would pay for it at its start.
  const { default: yauzl } = await import('yauzl');
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch(asDamaged(path));
  try {
    if (zip.entryCount > MOST_MEMBERS) throw tooMany(path, zip.entryCount);
    return { members: await membersOf(zip, path).catch(asDamaged(path)), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function membersOf(zip: ZipFile, path: string): Promise<ZipMember[]> {
  const members: ZipMember[] = [];
  for await (const entry of zip.eachEntry()) {
    const { fileName, uncompressedSize, compressionMethod } = entry;
    if (!entry.canDecodeFileData())
      throw damaged(
        path,
        entry.isEncrypted() ? 'an encrypted member' : `a member compressed by method ${compressionMethod}`,
      );
    const isStored = compressionMethod === STORED;
    members.push({
      name: fileName,
      size: uncompressedSize,
      offset: isStored ? (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart : undefined,
      bytes: () => bytesOf(zip, entry, path),
    });
  }
  return members;
}

async function* bytesOf(zip: ZipFile, entry: Entry, path: string): AsyncGenerator<Uint8Array, void> {
  const stream = await zip.openReadStreamPromise(entry).catch(asDamaged(path));
  let checksum = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      checksum = zlib.crc32?.(chunk, checksum) ?? entry.crc32;
      yield chunk;
    }
  } catch (error) {
    asDamaged(path)(error);
  } finally {
    stream.destroy();
  }
  if (entry.uncompressedSize > 0 && checksum !== entry.crc32)
    throw damaged(path, `a checksum (CRC-32) of ${entry.fileName} that does not match`);
}

/** What the file system or we ourselves have thrown stays; the rest is what reading a zip archive comes upon. */
function asDamaged(path: string): (error: unknown) => never {
  return (error) => {
    const isOurs = error instanceof DataError || (error as Error).name === 'AbortError';
    const { code = '' } = error as NodeJS.ErrnoException;
    if (isOurs || (code.startsWith('E') && !code.startsWith('ERR'))) return fail(path)(error);
    throw damaged(path, (error as Error).message, error);
  };
}

function damaged(path: string, actual: string, cause?: unknown): DataError {
  return new DataError({
    code: 'ZIP_DAMAGED',
    path,
    expected: 'a whole zip archive',
    actual,
    advice: 'The file is damaged, or a partial download: fetch it again.',
    cause,
  });
}

function tooMany(path: string, count: number): DataError {
  return new DataError({
    code: 'ZIP_MEMBERS',
    path,
    expected: `at most ${MOST_MEMBERS} arrays`,
    actual: `${count} members`,
    advice: 'An .npz file holds a data set in a few arrays, one for all images: save it so.',
  });
}
