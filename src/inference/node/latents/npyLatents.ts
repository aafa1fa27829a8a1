import type { FileHandle } from 'node:fs/promises';
import { ELEMENT_BYTES, elementReader } from '../../../data/array/elementType.js';
import { headerBytesOf, PREFIX_BYTES, parseNpyHeader } from '../../../data/npy/header.js';
import { NpyError } from '../../../errors.js';
import { type LayerShape, shapeSize } from '../../../model/layers/definition/layerShape.js';
import { foreignLatents, type OpenedLatents } from './openedLatents.js';
import { readExactly } from './readExactly.js';

/**
 * Latents in an .npy file: `[items, …]` of any type of numbers, as many values an image as the decoder takes.
 * @throws NpyError where it is damaged; ModelError `MODEL_LATENTS` for other latents
 */
export async function npyLatents(file: FileHandle, path: string, latentShape: LayerShape): Promise<OpenedLatents> {
  const prefix = await readExactly(file, 0, PREFIX_BYTES, path);
  const headerBytes = headerBytesOf(prefix, path);
  const header = parseNpyHeader(await readExactly(file, 0, headerBytes, path), path);
  const { dtype, bigEndian, fortranOrder, shape, itemCount } = header;
  const size = shapeSize(latentShape);
  if (shapeSize(shape.slice(1)) !== size || fortranOrder)
    throw foreignLatents(path, latentShape, `an array of ${shape.join('×')}${fortranOrder ? ' in Fortran order' : ''}`);
  const expected = headerBytes + itemCount * size * ELEMENT_BYTES[dtype];
  const { size: actual } = await file.stat();
  if (actual !== expected)
    throw new NpyError({
      code: actual < expected ? 'NPY_TRUNCATED' : 'NPY_TRAILING',
      path,
      offset: Math.min(actual, expected),
      expected: `a file of ${expected} bytes`,
      actual: String(actual),
      advice: 'The file is damaged, or only a part of it: make it again.',
    });
  return {
    path,
    items: itemCount,
    async *batches(batchSize) {
      for (let first = 0; first < itemCount; first += batchSize) {
        const length = Math.min(batchSize, itemCount - first);
        const rowBytes = size * ELEMENT_BYTES[dtype];
        const bytes = await readExactly(file, headerBytes + first * rowBytes, length * rowBytes, path);
        const read = elementReader(bytes, dtype, bigEndian);
        yield { length, latentShape, latents: Float32Array.from({ length: length * size }, (_, at) => read(at)) };
      }
    },
  };
}
