import { collect, MEMORY_LIMIT } from '../../node/files/allocate.js';
import { promisedBytes } from '../arrayHeader.js';
import { ELEMENT_BYTES, elementReader } from '../elementType.js';
import type { ArraySource } from './openArray.js';

/**
 * The values of an array `(n)` or `(n, 1)` as labels; `undefined` where they are none: of another shape, or not whole numbers of 0 to 255.
 * @throws what the source says of a torn array; DataError `DATA_TOO_LARGE`
 */
export async function readLabels(source: ArraySource): Promise<Uint8Array | undefined> {
  const { path, header } = source;
  const { dtype, bigEndian, shape, itemCount } = header;
  if (shape.slice(1).some((dimension) => dimension !== 1)) return undefined;
  const values = await collect(source.payload(), promisedBytes(header), path, MEMORY_LIMIT);
  if (dtype === 'uint8') return values;
  const valueAt = elementReader(values, dtype, bigEndian);
  const labels = Uint8Array.from({ length: itemCount }, (_, place) => valueAt(place));
  const bytes = values.length / ELEMENT_BYTES[dtype];
  for (let place = 0; place < bytes; place++) if (labels[place] !== valueAt(place)) return undefined;
  return labels;
}
