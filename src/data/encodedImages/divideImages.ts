// What the folders of images mean: splits at the top, labels beneath, as torchvision's ImageFolder has it.

/** Images of one part of a data set, by their places. */
export interface ImagePart {
  readonly indices: Uint32Array;
  /** Places of their folders among all labels, sorted. @default they are not all in folders of their own, or there are less than two or more than 256 */
  readonly labels?: Uint8Array;
}

export interface DividedImages {
  readonly train: ImagePart;
  readonly test?: ImagePart;
  /** Images that are in neither. */
  readonly leftOut: number;
  /** Names of the labels. */
  readonly labelNames: readonly string[];
}

type Split = 'train' | 'test' | 'validation';

const SPLITS: ReadonlyMap<string, Split> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['test', 'test'],
  ['testing', 'test'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
]);

const MOST_LABELS = 256;

/**
 * Divides images by their paths. Folders that hold everything count for nothing. With `train/` at the top, `test/` is what is tested with,
 * or `val/`, `valid/`, `validation/`; without it these are names of labels like others.
 * @param paths with `/` between names
 */
export function divideImages(paths: readonly string[]): DividedImages {
  const names = withoutCommonFolders(paths.map((path) => path.split('/')));
  const splits = names.map((path) => (path.length > 1 ? SPLITS.get(path[0]!.toLowerCase()) : undefined));
  if (!splits.includes('train')) {
    const labelNames = labelNamesOf(names);
    return { train: partOf(names, labelNames), leftOut: 0, labelNames };
  }
  const tested = (['test', 'validation'] as const).find((split) => splits.includes(split));
  const placed = (split: Split | undefined): Placed =>
    splits.flatMap((found, place) => (found === split ? [{ place, names: names[place]!.slice(1) }] : []));
  const train = placed('train');
  const test = tested === undefined ? [] : placed(tested);
  const labelNames = labelNamesOf([...train, ...test].map((image) => image.names));
  return {
    train: partAt(train, labelNames),
    ...(tested !== undefined && { test: partAt(test, labelNames) }),
    leftOut: names.length - train.length - test.length,
    labelNames,
  };
}

/** Whether an image is one to test with, as far as its own path tells: of those that pass once, the others are not known. */
export function isForTesting(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  const [split] = folders.slice(0, 2).flatMap((name) => SPLITS.get(name.toLowerCase()) ?? []);
  return split !== undefined && split !== 'train';
}

type Placed = readonly { readonly place: number; readonly names: readonly string[] }[];

function partOf(names: readonly (readonly string[])[], labelNames: readonly string[]): ImagePart {
  return partAt(
    names.map((path, place) => ({ place, names: path })),
    labelNames,
  );
}

function partAt(images: Placed, labelNames: readonly string[]): ImagePart {
  const indices = Uint32Array.from(images, ({ place }) => place);
  if (labelNames.length === 0) return { indices };
  const numbers = new Map(labelNames.map((name, number) => [name, number]));
  return { indices, labels: Uint8Array.from(images, ({ names }) => numbers.get(names[0]!)!) };
}

/** The folders, where every image is in one, and labels can be made of them. */
function labelNamesOf(paths: readonly (readonly string[])[]): readonly string[] {
  const folders = new Set(paths.map((names) => (names.length > 1 ? names[0]! : '')));
  return folders.has('') || folders.size < 2 || folders.size > MOST_LABELS ? [] : [...folders].sort();
}

function withoutCommonFolders(paths: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const [first = []] = paths;
  let common = 0;
  const isCommon = (at: number): boolean =>
    !SPLITS.has(first[at]!.toLowerCase()) && paths.every((names) => names.length > at + 1 && names[at] === first[at]);
  while (common < first.length - 1 && isCommon(common)) common += 1;
  return paths.map((names) => names.slice(common));
}
