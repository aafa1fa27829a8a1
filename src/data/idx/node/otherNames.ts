// IDX files under other names than MNIST's: other data sets, second downloads, folders that others have made.
import { join } from 'node:path';
import { DataError } from '../../../errors.js';
import { shellWord } from '../../../text/shellWord.js';
import type { FolderInput } from '../../dataFormat.js';
import { openFolderInput } from '../../node/files/openInput.js';
import { STANDARD_NAMES, standardFiles } from './standardNames.js';

/** As MNIST, EMNIST, QMNIST and their copies name files, whatever stands before and after. */
const IDX_NAME = /[-.]idx\d-(ubyte|int)/i;
/** Where people and torchvision keep them. */
const FOLDER_NAME = /mnist|idx|^(raw|gzip|archive|data)$/i;
const DEEPEST = 2;
const MOST_SHOWN = 3;

/** IDX files in a folder, and in folders of it that are called as if they held some. */
export interface OtherFiles {
  /** Below the folder that was given: a folder with MNIST's files. */
  readonly standardFolder?: string;
  /** Paths below it. */
  readonly files: readonly string[];
}

/** What there is in a folder without MNIST's files. Looks at few folders: this one may hold anything. */
export async function otherFiles(input: FolderInput, below = '', depth = 0): Promise<OtherFiles> {
  const files = input.entries.filter(({ name, isFolder }) => !isFolder && IDX_NAME.test(name));
  if (files.length > 0) {
    const isStandard = depth > 0 && (await standardFiles(input)).trainImages !== undefined;
    return { ...(isStandard && { standardFolder: below }), files: files.map(({ name }) => join(below, name)) };
  }
  if (depth === DEEPEST) return { files: [] };
  for (const { name, isFolder } of input.entries) {
    if (!isFolder || !FOLDER_NAME.test(name)) continue;
    const inside = await openFolderInput(join(input.path, name)).catch(() => undefined);
    const found = inside && (await otherFiles(inside, join(below, name), depth + 1));
    if (found !== undefined && found.files.length > 0) return found;
  }
  return { files: [] };
}

/** One sentence on what a folder lacks, what it has, and what to do. @param missing standard names */
export function lacksFiles(path: string, missing: readonly string[], { standardFolder, files }: OtherFiles): DataError {
  const names = files.slice(0, MOST_SHOWN).join(', ');
  const others = files.length - MOST_SHOWN;
  return new DataError({
    code: 'DATA_NO_FILES',
    path,
    expected: missing.join(', '),
    actual: files.length === 0 ? 'no such file in this folder' : others > 0 ? `${names} and ${others} more` : names,
    advice:
      standardFolder === undefined
        ? renaming(path, files)
        : `Give the folder that they are in: ${option('data', path, standardFolder)}.`,
  });
}

function renaming(path: string, files: readonly string[]): string {
  const images = files.filter((file) => /images/i.test(file));
  const train = images.find((file) => /train/i.test(file)) ?? images[0];
  if (train === undefined && files.length > 0) return 'Give the images, too: labels alone are not trained on.';
  if (train === undefined)
    return "Give the files MNIST's names (raw or .gz), or give one IDX file instead of the folder.";
  const test = ['test', 't10k']
    .map((part) => train.replace(/train/i, part))
    .find((name) => name !== train && files.includes(name));
  const { trainImages, testImages } = STANDARD_NAMES;
  return test === undefined
    ? `Give the file instead of the folder, ${option('data', path, train)}, or rename it to ${trainImages}.`
    : `Give files instead of the folder, ${option('data', path, train)} ${option('test-data', path, test)}, or rename these to ${trainImages} and ${testImages}.`;
}

function option(name: string, path: string, file: string): string {
  return `--${name} ${shellWord(join(path, file))}`;
}
