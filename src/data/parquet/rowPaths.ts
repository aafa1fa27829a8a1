// Images in the rows of Parquet files have paths as those of a folder have, from which all else follows: `train-0.parquet/row 7 (label 3)`.
import type { DividedImages, ImagePart } from '../encodedImages/divideImages.js';
import { partOfName } from './partOfName.js';

/** @param file its name among others. @default there is one alone */
export function rowPath(file: string | undefined, row: number, label: number | undefined): string {
  return `${file === undefined ? '' : `${file}/`}row ${row}${label === undefined ? '' : ` (label ${label})`}`;
}

/** The files that a data set is made of: those to validate with are none of them where there are others to test with. */
export function filesOfParts(files: readonly string[]): readonly string[] {
  const parts = files.map((file) => partOfName(file.split('/').at(-1)!));
  if (!(parts.includes('train') && parts.includes('test'))) return files;
  return files.filter((_, place) => parts[place] !== 'validation');
}

/** Divides images by the files that they are in. They have labels where every row of a part has one. */
export function divideRows(paths: readonly string[]): Pick<DividedImages, 'train' | 'test'> {
  const parts = paths.map((path) => partOfName(path.split('/').at(-2) ?? ''));
  const imagesOf = (part: string): ImagePart =>
    partAt(
      paths,
      paths.flatMap((_, place) => (parts[place] === part ? [place] : [])),
    );
  const train = parts.includes('train') ? imagesOf('train') : partAt(paths, [...paths.keys()]);
  const tested = (['test', 'validation'] as const).find((part) => parts.includes(part));
  return { train, ...(tested !== undefined && { test: imagesOf(tested) }) };
}

function partAt(paths: readonly string[], places: readonly number[]): ImagePart {
  const labels = places.map((place) => / \(label (\d+)\)$/.exec(paths[place]!)?.[1]);
  const isLabelled = labels.every((label) => label !== undefined);
  return { indices: Uint32Array.from(places), ...(isLabelled && { labels: Uint8Array.from(labels, Number) }) };
}
