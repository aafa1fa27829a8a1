// The four files of a data set in MNIST's layout, by their standard names.
import { join } from 'node:path';
import type { FolderInput } from '../../dataFormat.js';
import { openFolderInput } from '../../node/files/openInput.js';

/** What each standard file holds, and its name as MNIST's authors publish it. */
export const STANDARD_NAMES = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const;

export type StandardFile = keyof typeof STANDARD_NAMES;

/** Paths of the files that are there. */
export type StandardPaths = { readonly [file in StandardFile]?: string };

/**
 * The standard files in a folder: `-idx3-ubyte` or `.idx3-ubyte`, raw before `.gz`. Where an archive was unpacked twice, a folder has the
 * name of the file that lies in it: then it is that one, unless the file lies beside it.
 */
export async function standardFiles(input: FolderInput): Promise<StandardPaths> {
  const found: { [file in StandardFile]?: string } = {};
  for (const [file, name] of Object.entries(STANDARD_NAMES) as [StandardFile, string][]) {
    const path = fileIn(input, name) ?? (await fileInFolderOfItsName(input, name));
    if (path !== undefined) found[file] = path;
  }
  return found;
}

function fileIn({ path, entries }: FolderInput, name: string): string | undefined {
  const files = new Set(entries.filter(({ isFolder }) => !isFolder).map(({ name }) => name));
  const spelling = spellings(name).find((candidate) => files.has(candidate));
  return spelling === undefined ? undefined : join(path, spelling);
}

async function fileInFolderOfItsName({ path, entries }: FolderInput, name: string): Promise<string | undefined> {
  const names = spellings(name);
  for (const entry of entries) {
    if (!entry.isFolder || !names.includes(entry.name)) continue;
    const file = fileIn(await openFolderInput(join(path, entry.name)), name);
    if (file !== undefined) return file;
  }
  return undefined;
}

function spellings(name: string): string[] {
  const dotted = name.replace('-idx', '.idx');
  return [name, dotted, `${name}.gz`, `${dotted}.gz`];
}
