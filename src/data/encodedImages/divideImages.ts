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
  const start = lengthOfCommonFolders(paths);
  const tops = paths.map((path) => folderAt(path, start));
  const splits = new Map([...new Set(tops)].map((top) => [top, SPLITS.get(top.toLowerCase())]));
  const found = [...splits.values()];
  if (!found.includes('train')) {
    const labelNames = labelNamesOf(tops);
    return { train: partOf({ places: [...paths.keys()], folders: tops }, labelNames), leftOut: 0, labelNames };
  }
  const tested = (['test', 'validation'] as const).find((split) => found.includes(split));
  const placed = (split: Split | undefined): Placed => {
    const places = [...paths.keys()].filter((place) => splits.get(tops[place]!) === split);
    return { places, folders: places.map((place) => folderAt(paths[place]!, start + tops[place]!.length + 1)) };
  };
  const train = placed('train');
  const test = tested === undefined ? { places: [], folders: [] } : placed(tested);
  const labelNames = labelNamesOf([...train.folders, ...test.folders]);
  return {
    train: partOf(train, labelNames),
    ...(tested !== undefined && { test: partOf(test, labelNames) }),
    leftOut: paths.length - train.places.length - test.places.length,
    labelNames,
  };
}

/** Whether an image is one to test with, as far as its own path tells: of those that pass once, the others are not known. */
export function isForTesting(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  const [split] = folders.slice(0, 2).flatMap((name) => SPLITS.get(name.toLowerCase()) ?? []);
  return split !== undefined && split !== 'train';
}

/** Images, and the folder that each is in. */
interface Placed {
  readonly places: readonly number[];
  readonly folders: readonly string[];
}

function partOf({ places, folders }: Placed, labelNames: readonly string[]): ImagePart {
  const indices = new Uint32Array(places);
  if (labelNames.length === 0) return { indices };
  const numbers = new Map(labelNames.map((name, number) => [name, number]));
  return { indices, labels: new Uint8Array(folders.map((folder) => numbers.get(folder)!)) };
}

/** The folders, where every image is in one, and labels can be made of them. */
function labelNamesOf(folders: readonly string[]): readonly string[] {
  const names = new Set(folders);
  return names.has('') || names.size < 2 || names.size > MOST_LABELS ? [] : [...names].sort();
}

/** The name of the folder that a path goes through there; empty where that is the file's own. */
function folderAt(path: string, start: number): string {
  const end = path.indexOf('/', start);
  return end < 0 ? '' : path.slice(start, end);
}

function lengthOfCommonFolders([first = '', ...others]: readonly string[]): number {
  let length = 0;
  for (;;) {
    const folder = folderAt(first, length);
    if (folder === '' || SPLITS.has(folder.toLowerCase())) return length;
    const below = first.slice(0, length + folder.length + 1);
    if (!others.every((path) => path.startsWith(below))) return length;
    length = below.length;
  }
}
