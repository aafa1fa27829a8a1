// Data sets of every kind, made of the numbered images: what can be done with one can be done with all.
import { concat } from '../../../src/data/dataset/concat.js';
import { defineDataset } from '../../../src/data/dataset/defineDataset.js';
import type { Dataset } from '../../../src/data/dataset.js';
import { drain } from '../drain.js';
import { numbered, numberedLabels, numberedPixels } from './numbered.js';

const BYTES = 2;

/** Numbered images behind a promise, as those of a file. */
export function slowly(items: number): Dataset {
  const pixels = numberedPixels(items);
  return defineDataset({
    name: 'slow',
    items,
    shape: [2, 1, 1],
    labels: numberedLabels(items),
    read: async (from, to) => pixels.subarray(from * BYTES, to * BYTES),
  });
}

/** A class of a user's own, which knows nothing of what is done with it. */
export function byHand(items: number): Dataset {
  const { name, source, shape, sample, labels } = numbered(items);
  const own = { name, source, items, shape, sample, labels, digest: async () => 'own' };
  return {
    ...own,
    read: async (from: number, to: number) => numberedPixels(items).subarray(from * BYTES, to * BYTES),
  } as unknown as Dataset;
}

export const KINDS: readonly (readonly [kind: string, make: (items: number) => Dataset])[] = [
  ['in memory', numbered],
  ['behind promises', slowly],
  ['by hand', (items) => concat(byHand(items))],
  ['a slice', (items) => numbered(items + 3).slice(0, items)],
  [
    'concatenated',
    (items) => (items < 2 ? numbered(items) : concat(numbered(items).slice(0, 1), slowly(items).slice(1))),
  ],
  ['mapped', (items) => numbered(items).map((pixels) => pixels)],
];

/** Number of each image, in the order in which batches bring them, and what their labels say. */
export async function numbersIn(dataset: Dataset, size = 3): Promise<{ images: number[]; labels: number[] }> {
  const batches = await drain(dataset.batches({ size }));
  return {
    images: batches.flatMap(({ pixels }) => [...pixels].filter((_, at) => at % BYTES === 0)),
    labels: batches.flatMap(({ labels }) => [...(labels ?? [])].map((label) => label - 100)),
  };
}
