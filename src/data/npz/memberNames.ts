// Which of the arrays in an .npz file are images to train on, images to test with, and their labels.

/** Names of arrays. */
export interface Members {
  readonly images: string;
  readonly labels?: string;
}

export interface MemberPair {
  readonly train: Members;
  readonly test?: Members;
}

/** What the parts of a data set are called: Keras writes `x_train`, MedMNIST `train_images`; `val` stands in where there is no `test`. */
const TRAIN = ['train', 'training'];
const TEST = ['test', 'testing', 't10k'];
const VALIDATION = ['val', 'valid', 'validation'];

/** What images and labels are called, alone or beside a part's name. */
const IMAGES = ['x', 'images', 'image', 'imgs', 'data', 'features'];
const LABELS = ['y', 'labels', 'label', 'targets', 'target'];

/** @returns `undefined` where no name says what is what, and there is more than one array */
export function membersOf(names: readonly string[]): MemberPair | undefined {
  const train = part(names, TRAIN) ?? part(names, ['']) ?? only(names);
  if (train === undefined) return undefined;
  const test = part(names, TEST) ?? part(names, VALIDATION);
  return { train, ...(test !== undefined && { test }) };
}

function part(names: readonly string[], parts: readonly string[]): Members | undefined {
  const images = find(names, parts, IMAGES);
  if (images === undefined) return undefined;
  const labels = find(names, parts, LABELS);
  return { images, ...(labels !== undefined && { labels }) };
}

function find(names: readonly string[], parts: readonly string[], kinds: readonly string[]): string | undefined {
  const wanted = parts.flatMap((part) =>
    kinds.flatMap((kind) =>
      part === '' ? [kind] : [`${kind}_${part}`, `${part}_${kind}`, `${kind}${part}`, `${part}${kind}`],
    ),
  );
  const found = wanted.find((name) => names.some((member) => member.toLowerCase() === name));
  return names.find((member) => member.toLowerCase() === found);
}

function only(names: readonly string[]): Members | undefined {
  return names.length === 1 ? { images: names[0]! } : undefined;
}
