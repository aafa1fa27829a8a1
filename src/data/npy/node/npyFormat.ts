import { basename } from 'node:path';
import { arrayStream } from '../../array/node/arrayStream.js';
import { arrangementOf, openArray } from '../../array/node/openArray.js';
import { verifyArray } from '../../array/node/verifyArray.js';
import type { DataFormat, DataInput, FileInput, OpenOptions } from '../../dataFormat.js';
import { ImageDataset } from '../../dataset/imageDataset.js';
import { ARRAY_OPTIONS } from '../../formatOptions.js';
import type { ImageStream } from '../../imageStream.js';
import { digestImages } from '../../node/digestImages.js';
import { isRaw } from '../../node/files/openInput.js';
import { isNpy } from '../header.js';
import { npySource } from './npySource.js';

/** NumPy's format of one array. */
export const npyFormat: DataFormat = {
  name: 'NPY',
  takes: 'an .npy file',
  options: ARRAY_OPTIONS,
  recognises: async (input) => input.kind === 'file' && isNpy(await input.start(1)),
  async open(input, options) {
    const { path } = input;
    const { shape, store } = await openArray(await sourceOf(input), options);
    const identity = { name: basename(path), source: path, sample: false };
    return { train: new ImageDataset(identity, shape, store, undefined, digestImages) };
  },
  stream: openNpyStream,
  async *verify(input, options) {
    yield await verifyArray(input.path, () => sourceOf(input), options);
  },
};

/** Recognised is a file alone. */
function sourceOf(input: DataInput) {
  const file = input as FileInput;
  return npySource(file, isRaw(file) ? { offset: 0, size: file.size! } : {});
}

/** Bytes alone: of numbers the range would have to be known before they have passed. */
async function openNpyStream(file: FileInput, options: OpenOptions): Promise<ImageStream> {
  const source = await npySource(file);
  const { header } = source;
  const arrangement = arrangementOf(source, options);
  if (header.dtype !== 'uint8' || header.fortranOrder)
    throw source.unsuitable({
      actual: `${header.dtype}${header.fortranOrder ? ' in Fortran order' : ''} in a stream`,
      advice: 'Save the stream to a file, and give its path.',
    });
  return arrayStream(file, source, arrangement);
}
