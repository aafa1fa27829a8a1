import { DataError } from '../../../errors.js';
import { yieldToEventLoop } from '../../../yieldToEventLoop.js';
import { channelsLast } from '../../array/imageLayout.js';
import type { ImageStore } from '../../dataset/imageStore.js';
import { keepInMemory } from '../../dataset/keepInMemory.js';
import { mapStore } from '../../dataset/mapStore.js';
import { openItems } from '../../node/files/itemFile.js';
import { inspect } from '../../node/files/openFile.js';
import { badRecord, CIFAR_SHAPE, type CifarKind, labelOf } from '../records.js';

export interface CifarBatch {
  readonly store: ImageStore;
  readonly labels: Uint8Array;
}

/** Records that are looked at before others get their turn. */
const PIECE = 1000;

/**
 * Opens a batch and reads its labels.
 * @throws DataError `CIFAR_SIZE`, `CIFAR_LABEL`, `DATA_NOT_FOUND`, `DATA_UNREADABLE`
 */
export async function openBatch(path: string, kind: CifarKind, signal?: AbortSignal): Promise<CifarBatch> {
  const records = await openRecords(path, kind, signal);
  const labels = new Uint8Array(records.items);
  const reader = await records.open(signal ?? new AbortController().signal);
  try {
    for (let from = 0; from < records.items; from += PIECE) {
      const bytes = await reader.read(from, Math.min(records.items, from + PIECE));
      requireLabels(bytes, kind, path, from);
      for (let at = 0; at * kind.recordBytes < bytes.length; at++)
        labels[from + at] = labelOf(bytes.subarray(at * kind.recordBytes), kind);
      await yieldToEventLoop();
    }
  } finally {
    await reader.close();
  }
  const image = (record: Uint8Array): Uint8Array => channelsLast(record.subarray(kind.classes.length), CIFAR_SHAPE);
  const images = mapStore(records, image, CIFAR_SHAPE);
  return { store: records.isInMemory === true ? await keepInMemory(images, signal) : images, labels };
}

async function openRecords(path: string, { recordBytes, name }: CifarKind, signal?: AbortSignal): Promise<ImageStore> {
  const { size } = await inspect(path);
  const wrongSize = (arrived: number): DataError =>
    new DataError({
      code: 'CIFAR_SIZE',
      path,
      offset: recordBytes * Math.floor(arrived / recordBytes),
      expected: `${name}: whole records of ${recordBytes} bytes`,
      actual: arrived === 0 ? 'nothing, not one byte' : `${arrived % recordBytes} bytes of one`,
      advice: 'The file is probably a partial download; fetch it again.',
    });
  if (size === 0 || size % recordBytes > 0) throw wrongSize(size);
  const items = { path, offset: 0, itemCount: size / recordBytes, itemBytes: recordBytes, truncated: wrongSize };
  return openItems(items, signal);
}

function requireLabels(bytes: Uint8Array, kind: CifarKind, path: string, from: number): void {
  const bad = badRecord(bytes, kind);
  if (bad === undefined) return;
  throw new DataError({
    code: 'CIFAR_LABEL',
    path,
    offset: (from + bad) * kind.recordBytes,
    expected: `a label of ${kind.name} (0 to ${kind.classes.map((count) => count - 1).join(', 0 to ')})`,
    actual: `${bytes.subarray(bad * kind.recordBytes, bad * kind.recordBytes + kind.classes.length).join(', ')}`,
    advice: 'The file is damaged or no batch of it: fetch it again.',
  });
}
