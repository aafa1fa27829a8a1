import { join } from 'node:path';
import { DataError } from '../../../errors.js';
import type { DataFormat, DataInput, FolderInput, OpenOptions } from '../../dataFormat.js';
import { type DividedFiles, datasetsOf } from '../../encodedImages/node/openImageFiles.js';
import { verifyImages } from '../../encodedImages/node/verifyImages.js';
import { PHOTO_OPTIONS } from '../../formatOptions.js';
import { isRaw, openFolderInput } from '../../node/files/openInput.js';
import { filesOfParts } from '../rowPaths.js';
import { decodeParquet } from './decodeParquet.js';

const MAGIC = 'PAR1';

/** Parquet with encoded images, as Hugging Face has them: one file, or a folder of them (or of a folder `data`), divided by their names. */
export const parquetFormat: DataFormat = {
  name: 'Parquet',
  takes: 'a Parquet file',
  options: PHOTO_OPTIONS,
  async recognises(input) {
    if (input.kind === 'folder') return (await filesIn(input)).length > 0;
    const [first] = await input.start(1);
    return first === MAGIC.charCodeAt(0) && new TextDecoder().decode((await input.start(4)).subarray(0, 4)) === MAGIC;
  },
  async open(input, options) {
    return datasetsOf(input.path, await decode(input, options));
  },
  async *verify(input, options) {
    yield* verifyImages(input.path, await decode(input, options));
  },
};

async function decode(input: DataInput, options: OpenOptions): Promise<DividedFiles> {
  requireInPlace(input);
  const names = input.kind === 'folder' ? filesOfParts(await filesIn(input)) : undefined;
  return decodeParquet(input.path, names, options);
}

/** Paths in the folder, `/` between names. A folder of a repository keeps them in one called `data`. */
async function filesIn({ path, entries }: FolderInput): Promise<string[]> {
  const files = entries.filter(({ name, isFolder }) => !isFolder && name.endsWith('.parquet'));
  if (files.length > 0) return files.map(({ name }) => name);
  if (!entries.some(({ name, isFolder }) => isFolder && name === 'data')) return [];
  const below = await openFolderInput(join(path, 'data'));
  return below.entries.filter(({ name }) => name.endsWith('.parquet')).map(({ name }) => `data/${name}`);
}

function requireInPlace(input: DataInput): void {
  if (input.kind === 'folder' || isRaw(input)) return;
  throw new DataError({
    code: 'DATA_FORMAT',
    path: input.path,
    expected: 'a Parquet file that can be read at any place',
    actual: input.isGzip ? 'one inside gzip' : 'a pipe',
    advice: 'Save it to a file, uncompressed: Parquet is compressed already.',
  });
}
