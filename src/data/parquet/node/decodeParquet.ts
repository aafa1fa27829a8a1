import { realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { OpenOptions } from '../../dataFormat.js';
import { leftOutNotice } from '../../encodedImages/leftOutNotice.js';
import { copyKey, type SourceFile } from '../../encodedImages/node/copyKey.js';
import { encodedImage, type ImageFile, requireFileSize } from '../../encodedImages/node/imageFile.js';
import { type DividedFiles, decodeImageFiles } from '../../encodedImages/node/openImageFiles.js';
import { divideRows, rowPath } from '../rowPaths.js';
import { parquetRows } from './parquetRows.js';

/**
 * Decodes the images of a Parquet file, or of several in a folder, as those of a folder of images are decoded.
 * @param names of the files in the folder. @default the path is a file
 * @throws DataError `PARQUET_…`, and what `decodeImageFiles` throws
 */
export async function decodeParquet(
  path: string,
  names: readonly string[] | undefined,
  options: OpenOptions,
): Promise<DividedFiles> {
  const images = await decodeImageFiles(
    { path, files: () => rowsAsFiles(path, names, options.signal) },
    copyKey(await realpath(path), await sourceFiles(path, names), options),
    options,
  );
  const notice = leftOutNotice(basename(resolve(path)), images);
  if (notice) options.onNotice?.(notice);
  return { ...images, parts: divideRows(images.paths), areNamed: false };
}

async function* rowsAsFiles(
  path: string,
  names: readonly string[] | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImageFile, void> {
  for (const name of names ?? [undefined]) {
    let row = 0;
    for await (const { bytes, label } of parquetRows(name === undefined ? path : join(path, name), signal)) {
      yield { path: rowPath(name, row, label), read: () => readRow(bytes) };
      row += 1;
    }
  }
}

async function readRow(bytes: Uint8Array) {
  requireFileSize(bytes.length);
  return encodedImage(bytes);
}

function sourceFiles(path: string, names: readonly string[] = ['']): Promise<SourceFile[]> {
  return Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(join(path, name));
      return { path: name, size, changedMs: mtimeMs };
    }),
  );
}
