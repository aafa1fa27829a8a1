import { basename, join, resolve } from 'node:path';
import type { DataFormat, DataInput, FileInput, FolderInput } from '../../dataFormat.js';
import { concatStores } from '../../dataset/concatStores.js';
import { type DatasetIdentity, ImageDataset } from '../../dataset/imageDataset.js';
import type { Dataset, DatasetPair } from '../../dataset.js';
import { SHAPE_OPTIONS } from '../../formatOptions.js';
import { isIdxOfSize } from '../../idx/header.js';
import { digestImages } from '../../node/digestImages.js';
import { isRaw } from '../../node/files/openInput.js';
import { batchesAmong } from '../batchNames.js';
import { badRecord, CIFAR_SHAPE, type CifarKind, kindsOfSize } from '../records.js';
import { type CifarBatch, openBatch } from './openBatch.js';
import { verifyBatch } from './verifyBatch.js';

/** The binary batches of CIFAR-10 and CIFAR-100: one of them, or a folder of them, which is one data set. */
export const cifarFormat: DataFormat = {
  name: 'CIFAR',
  takes: "CIFAR's binary batches",
  options: SHAPE_OPTIONS,
  async recognises(input) {
    if (input.kind === 'folder') return batchesIn(input) !== undefined;
    return (await kindOf(input)) !== undefined;
  },
  async open(input, { signal }): Promise<DatasetPair> {
    if (input.kind === 'folder') return openFolder(input, signal);
    const batch = await openBatch(input.path, (await kindOf(input))!, signal);
    return { train: asDataset([batch], { name: basename(input.path), source: input.path, sample: false }) };
  },
  async *verify(input, options) {
    for (const [path, kind] of await pathsOf(input)) yield await verifyBatch(path, kind, options);
  },
};

/** Labels looked at to tell that a file is a batch. */
const RECORDS = 8;

/** The size has to fit, and the first labels: there is nothing else to know a batch by. */
async function kindOf(input: FileInput): Promise<CifarKind | undefined> {
  const { size } = input;
  if (!isRaw(input) || size === undefined) return undefined;
  for (const kind of kindsOfSize(size)) {
    const start = await input.start(Math.min(size, RECORDS * kind.recordBytes));
    if (badRecord(start, kind) === undefined && !isIdxOfSize(start, size)) return kind;
  }
  return undefined;
}

async function openFolder(input: FolderInput, signal: AbortSignal | undefined): Promise<DatasetPair> {
  const { kind, train, test } = batchesIn(input)!;
  const identity = { name: basename(resolve(input.path)), source: input.path, sample: false };
  const open = async (names: readonly string[]): Promise<Dataset> => {
    const batches: CifarBatch[] = [];
    for (const name of names) batches.push(await openBatch(join(input.path, name), kind, signal));
    return asDataset(batches, identity);
  };
  return { train: await open(train), ...(test.length > 0 && { test: await open(test) }) };
}

function asDataset(batches: readonly CifarBatch[], identity: DatasetIdentity): Dataset {
  const labels = Uint8Array.from(batches.flatMap((batch) => [...batch.labels]));
  return new ImageDataset(identity, CIFAR_SHAPE, concatStores(batches.map(({ store }) => store)), labels, digestImages);
}

function batchesIn({ entries }: FolderInput) {
  return batchesAmong(entries.filter(({ isFolder }) => !isFolder).map(({ name }) => name));
}

async function pathsOf(input: DataInput): Promise<readonly (readonly [string, CifarKind])[]> {
  if (input.kind === 'file') return [[input.path, (await kindOf(input))!]];
  const { kind, train, test } = batchesIn(input)!;
  return [...train, ...test].map((name) => [join(input.path, name), kind]);
}
