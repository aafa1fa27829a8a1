import { realpath, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { DataFormat, DataInput, FileInput, OpenOptions } from '../../dataFormat.js';
import { divideImages } from '../../encodedImages/divideImages.js';
import { leftOutNotice } from '../../encodedImages/leftOutNotice.js';
import { copyKey } from '../../encodedImages/node/copyKey.js';
import { type DividedFiles, datasetsOf, decodeImageFiles } from '../../encodedImages/node/openImageFiles.js';
import { verifyImages } from '../../encodedImages/node/verifyImages.js';
import { PHOTO_OPTIONS } from '../../formatOptions.js';
import { notAFile } from '../../node/files/openFile.js';
import { hasTarWord, isTar, TAR_BLOCK, TAR_WORD_END } from '../isTar.js';
import { streamTar } from './streamTar.js';
import { tarEntries } from './tarEntries.js';

/** A tar archive of images, also one compressed with gzip: its folders mean what those of a folder of images mean. */
export const imageTarFormat: DataFormat = {
  name: 'a tar archive of images',
  takes: 'a tar archive of images, raw or gzip',
  options: PHOTO_OPTIONS,
  async recognises(input) {
    if (input.kind === 'folder' || !hasTarWord(await input.start(TAR_WORD_END))) return false;
    return isTar(await input.start(TAR_BLOCK));
  },
  async open(input, options) {
    return datasetsOf(input.path, await decodeTar(input, options));
  },
  stream: streamTar,
  async *verify(input, options) {
    yield* verifyImages(input.path, await decodeTar(input, options));
  },
};

async function decodeTar(input: DataInput, options: OpenOptions): Promise<DividedFiles> {
  const { path } = input;
  if (input.kind === 'folder') throw notAFile(path);
  const images = await decodeImageFiles(
    { path, files: () => tarEntries(input.bytes(), path) },
    await keyOf(input, options),
    options,
  );
  const { leftOut, ...parts } = divideImages(images.paths);
  const { damaged, others } = images;
  const notice = leftOutNotice(basename(resolve(path)), { damaged, others, leftOut });
  if (notice) options.onNotice?.(notice);
  return { ...images, parts, areNamed: true };
}

/** What comes through a pipe is not there a second time. */
async function keyOf({ path, size }: FileInput, options: OpenOptions): Promise<string | undefined> {
  if (size === undefined) return undefined;
  const { mtimeMs } = await stat(path);
  return copyKey(await realpath(path), [{ path: '', size, changedMs: mtimeMs }], options);
}
