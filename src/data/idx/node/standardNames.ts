// The four files of a data set in MNIST's layout, by their standard names.
import { join } from 'node:path';
import type { FolderInput } from '../../dataFormat.js';

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

/** The standard files in a folder: `-idx3-ubyte` or `.idx3-ubyte`, raw before `.gz`. */
export function standardFiles({ path, entries }: FolderInput): StandardPaths {
  const present = new Set(entries.map(({ name }) => name));
  const found: { [file in StandardFile]?: string } = {};
  for (const [file, name] of Object.entries(STANDARD_NAMES) as [StandardFile, string][]) {
    const spelling = spellings(name).find((candidate) => present.has(candidate));
    if (spelling !== undefined) found[file] = join(path, spelling);
  }
  return found;
}

function spellings(name: string): string[] {
  const dotted = name.replace('-idx', '.idx');
  return [name, dotted, `${name}.gz`, `${dotted}.gz`];
}
