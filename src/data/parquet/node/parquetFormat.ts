import { basename, join, resolve } from 'node:path';
import { DataError } from '../../../errors.js';
import type { DataFormat, DataInput, FolderInput } from '../../dataFormat.js';
import type { Dataset, DatasetPair } from '../../dataset.js';
import { isRaw, openFolderInput } from '../../node/files/openInput.js';
import { requireSameShape } from '../../requireSameShape.js';
import { partOfName } from '../partOfName.js';
import { openParquet } from './openParquet.js';

const MAGIC = 'PAR1';

/** Parquet with encoded images, as Hugging Face has them: one file, or a folder of them (or of a folder `data`), divided by their names. */
export const parquetFormat: DataFormat = {
  name: 'Parquet',
  takes: 'a Parquet file',
  async recognises(input) {
    if (input.kind === 'folder') return (await filesIn(input)).length > 0;
    const [first] = await input.start(1);
    return first === MAGIC.charCodeAt(0) && new TextDecoder().decode((await input.start(4)).subarray(0, 4)) === MAGIC;
  },
  async open(input, options): Promise<DatasetPair> {
    const { path } = input;
    if (input.kind === 'file') requireInPlace(input);
    const files = input.kind === 'folder' ? await filesIn(input) : [path];
    const identity = { name: basename(resolve(path)), source: path, sample: false };
    const open = (part: string): Promise<Dataset> | undefined => {
      const those = input.kind === 'file' ? files : files.filter((file) => partOfName(basename(file)) === part);
      return those.length === 0 ? undefined : openParquet(those, identity, options);
    };
    if (input.kind === 'file') return { train: (await open('train'))! };
    const train = (await open('train')) ?? (await openParquet(files, identity, options));
    const test = (await open('test')) ?? (await open('validation'));
    if (test === undefined) return { train };
    requireSameShape(train, test, path);
    return { train, test };
  },
};

/** A folder of a repository keeps them in one called `data`. */
async function filesIn({ path, entries }: FolderInput): Promise<string[]> {
  const files = entries.filter(({ name, isFolder }) => !isFolder && name.endsWith('.parquet'));
  if (files.length > 0) return files.map(({ name }) => join(path, name));
  if (!entries.some(({ name, isFolder }) => isFolder && name === 'data')) return [];
  const below = await openFolderInput(join(path, 'data'));
  return below.entries.filter(({ name }) => name.endsWith('.parquet')).map(({ name }) => join(path, 'data', name));
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
