// From an array in a file to a store of images as bytes, channels last: in memory where that is reasonable, otherwise read in place.
import { DataError } from '../../../errors.js';
import { yieldToEventLoop } from '../../../yieldToEventLoop.js';
import type { ImageShape } from '../../batch.js';
import type { OpenOptions } from '../../dataFormat.js';
import { type ImageStore, memoryStore } from '../../dataset/imageStore.js';
import { keepInMemory } from '../../dataset/keepInMemory.js';
import { mapStore } from '../../dataset/mapStore.js';
import { collect, MEMORY_LIMIT } from '../../node/files/allocate.js';
import { decompressedCopy } from '../../node/files/decompressedCopy.js';
import { LOAD_LIMIT, openItems } from '../../node/files/itemFile.js';
import { type ArrayHeader, promisedBytes } from '../arrayHeader.js';
import { brightness, NO_VALUES, scaleOf, type ValueRange, widened } from '../brightness.js';
import { ELEMENT_BYTES } from '../elementType.js';
import { itemByItem } from '../fortranOrder.js';
import { type Arrangement, arrange, channelsLast } from '../imageLayout.js';
import { notArranged, notBrightness, notBytes, type Unsuitable } from '../unsuitable.js';

/** An array in a file. */
export interface ArraySource {
  /** The file: names it in errors. */
  readonly path: string;
  readonly header: ArrayHeader;
  /** Which of several arrays in the file it is. @default the only one */
  readonly member?: string;
  /** Where the first value is, of values that lie uncompressed in a regular file. @default they are read through `payload` */
  readonly offset?: number;
  /** The values' bytes, exactly as many as the header promises; fails where there are more or fewer. Once only. */
  payload(): AsyncIterable<Uint8Array>;
  /** What to say where the file ends too early. @param arrived bytes of values that are there */
  truncated(arrived: number): DataError;
  /** What to say of an array that holds no images. */
  unsuitable(what: Unsuitable): DataError;
}

export interface ArrayImages {
  readonly shape: ImageShape;
  readonly store: ImageStore;
}

/**
 * Opens an array as images.
 * @throws DataError what the source says of an array that is torn, or has no images; `DATA_TOO_LARGE`, `DATA_CACHE`
 */
export async function openArray(source: ArraySource, options: OpenOptions): Promise<ArrayImages> {
  const arrangement = arrangementOf(source, options);
  requireReadable(source, options);
  const values = await openValues(source, options);
  const change = await imageOf(source, arrangement, values, options.signal);
  const { shape } = arrangement;
  if (change === undefined) return { shape, store: values };
  const changed = mapStore(values, change, shape);
  return { shape, store: values.isInMemory === true ? await keepInMemory(changed, options.signal) : changed };
}

/** @throws what the source says of an array without images */
export function arrangementOf({ path, header, unsuitable }: ArraySource, options: OpenOptions): Arrangement {
  const arrangement = arrange(header.shape, options);
  if (typeof arrangement !== 'string') return arrangement;
  throw unsuitable(notArranged(path, header, arrangement, options.shape));
}

/** Floats as NumPy saves them here are read as they are; what takes more time each epoch is converted once. */
function requireReadable({ path, header, unsuitable }: ArraySource, { anyNumbers = false }: OpenOptions): void {
  const { dtype, bigEndian } = header;
  if (anyNumbers || dtype === 'uint8' || (dtype === 'float32' && !bigEndian)) return;
  throw unsuitable(notBytes(path, header));
}

/** The values of each item as they are stored, in C's order. */
async function openValues(source: ArraySource, options: OpenOptions): Promise<ImageStore> {
  const { path, header, offset, member } = source;
  const { signal, memoryLimit = MEMORY_LIMIT } = options;
  const { itemCount, itemBytes, fortranOrder } = header;
  const promised = promisedBytes(header);
  if (fortranOrder) return inFortranOrder(source, memoryLimit);
  const items = { itemCount, itemBytes, truncated: source.truncated };
  if (offset !== undefined && promised > LOAD_LIMIT) return openItems({ path, offset, ...items }, signal);
  if (promised <= memoryLimit)
    return memoryStore(await collect(source.payload(), promised, path, memoryLimit), itemCount);
  const bytes = source.payload();
  const copied = { path, ...(member !== undefined && { member }), extension: 'values', promised, bytes };
  return openItems({ path: await decompressedCopy(copied, options), offset: 0, ...items }, signal);
}

async function inFortranOrder({ path, header, payload }: ArraySource, limit: number): Promise<ImageStore> {
  const promised = promisedBytes(header);
  if (promised > limit)
    throw new DataError({
      code: 'DATA_TOO_LARGE',
      path,
      expected: `an array in Fortran order of at most ${limit} bytes`,
      actual: `${promised} bytes`,
      advice:
        "Its images lie scattered in the file: np.save('images.npy', np.ascontiguousarray(x)) orders them, in Python.",
    });
  const values = await collect(payload(), promised, path, limit);
  return memoryStore(itemByItem(values, header.shape, ELEMENT_BYTES[header.dtype]), header.itemCount);
}

/** What makes an image of the values of an item; nothing where they are one. */
async function imageOf(
  { header, unsuitable }: ArraySource,
  { shape, layout }: Arrangement,
  values: ImageStore,
  signal: AbortSignal | undefined,
): Promise<((item: Uint8Array) => Uint8Array) | undefined> {
  const arranged = (pixels: Uint8Array): Uint8Array => (layout === 'chw' ? channelsLast(pixels, shape) : pixels);
  if (header.dtype === 'uint8') return layout === 'chw' ? arranged : undefined;
  const range = await rangeOf(values, header, signal);
  const scale = scaleOf(range, header.dtype);
  if (scale === undefined) throw unsuitable(notBrightness(header, range));
  return (item) => arranged(brightness(item, header, scale));
}

/** Bytes of values that are looked at before others get their turn. */
const PIECE = 4 * 2 ** 20;

async function rangeOf(
  store: ImageStore,
  header: ArrayHeader,
  signal = new AbortController().signal,
): Promise<ValueRange> {
  const reader = await store.open(signal);
  const step = Math.max(1, Math.floor(PIECE / store.imageSize));
  let range = NO_VALUES;
  try {
    for (let from = 0; from < store.items; from += step) {
      range = widened(range, await reader.read(from, Math.min(store.items, from + step)), header);
      await yieldToEventLoop();
      signal.throwIfAborted();
    }
  } finally {
    await reader.close();
  }
  return range;
}
