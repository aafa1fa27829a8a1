// The names under which CIFAR's authors publish their batches.
import type { CifarKind } from './records.js';
import { CIFAR_10, CIFAR_100 } from './records.js';

export interface BatchNames {
  readonly kind: CifarKind;
  readonly train: readonly string[];
  readonly test: readonly string[];
}

const PUBLISHED: readonly BatchNames[] = [
  { kind: CIFAR_10, train: [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`), test: ['test_batch.bin'] },
  { kind: CIFAR_100, train: ['train.bin'], test: ['test.bin'] },
];

/** The batches among these names; `undefined` where there is none to train on. */
export function batchesAmong(names: readonly string[]): BatchNames | undefined {
  const present = new Set(names);
  const found = PUBLISHED.find(({ train }) => train.some((name) => present.has(name)));
  if (found === undefined) return undefined;
  const there = (batches: readonly string[]): string[] => batches.filter((name) => present.has(name));
  return { kind: found.kind, train: there(found.train), test: there(found.test) };
}
