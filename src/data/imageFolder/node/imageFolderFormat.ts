import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { DataFormat, DataInput, OpenOptions } from '../../dataFormat.js';
import { divideImages } from '../../encodedImages/divideImages.js';
import { imageTypeOf, TYPE_BYTES } from '../../encodedImages/imageType.js';
import { leftOutNotice } from '../../encodedImages/leftOutNotice.js';
import { copyKey } from '../../encodedImages/node/copyKey.js';
import { type DividedFiles, datasetsOf, decodeImageFiles } from '../../encodedImages/node/openImageFiles.js';
import { verifyImages } from '../../encodedImages/node/verifyImages.js';
import { PHOTO_OPTIONS } from '../../formatOptions.js';
import { type ListedFolder, listFiles } from './listFiles.js';
import { readListedFile } from './readListedFile.js';
import { walkFolder } from './walkFolder.js';

/** A folder of images, each a file: subfolders are labels, `train/` and `test/` at the top are what to train on and to test with. */
export const imageFolderFormat: DataFormat = {
  name: 'a folder of images',
  takes: 'a folder of PNG, JPEG, WebP, GIF, TIFF or BMP images',
  options: PHOTO_OPTIONS,
  recognises: async (input, { signal }) => input.kind === 'folder' && holdsImage(input.path, signal),
  async open(input, options) {
    return datasetsOf(input.path, await decodeFolder(input, options));
  },
  async *verify(input, options) {
    yield* verifyImages(input.path, await decodeFolder(input, options));
  },
};

async function decodeFolder({ path }: DataInput, options: OpenOptions): Promise<DividedFiles> {
  const listed = await listFiles(path, options.signal);
  const images = await decodeImageFiles(
    filesOf(path, listed),
    copyKey(await realpath(path), listed.files, options),
    options,
  );
  const { hidden, links } = listed;
  const { leftOut, ...parts } = divideImages(images.paths);
  const others = images.others + listed.others;
  const notice = leftOutNotice(basename(resolve(path)), { damaged: images.damaged, others, hidden, links, leftOut });
  if (notice) options.onNotice?.(notice);
  return { ...images, parts, areNamed: true };
}

function filesOf(folder: string, { files }: ListedFolder) {
  return {
    path: folder,
    total: files.length,
    async *files() {
      for (const file of files) yield { path: file.path, read: () => readListedFile(folder, file) };
    },
  };
}

async function holdsImage(folder: string, signal?: AbortSignal): Promise<boolean> {
  for await (const entries of walkFolder(folder, signal))
    for (const { path, kind } of entries) if (kind === 'file' && (await isImage(join(folder, path)))) return true;
  return false;
}

/** One that cannot be read is none. */
async function isImage(path: string): Promise<boolean> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(TYPE_BYTES), 0, TYPE_BYTES, 0);
      return imageTypeOf(buffer.subarray(0, bytesRead)) !== undefined;
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}
