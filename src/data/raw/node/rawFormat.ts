import { basename } from 'node:path';
import { OptionError } from '../../../errors.js';
import { type ImageShape, imageSize } from '../../batch.js';
import type { DataFormat, DataInput, FileInput, OpenOptions } from '../../dataFormat.js';
import { ImageDataset } from '../../dataset/imageDataset.js';
import { type ImageStore, memoryStore } from '../../dataset/imageStore.js';
import { SHAPE_OPTIONS } from '../../formatOptions.js';
import { digestImages } from '../../node/digestImages.js';
import { collect, MEMORY_LIMIT } from '../../node/files/allocate.js';
import { openItems } from '../../node/files/itemFile.js';
import { imageStream } from '../../node/stream/imageStream.js';
import { countFrames, partialFrame } from '../frames.js';
import { isRawFrames, LOOKED_AT } from '../isRawFrames.js';

/**
 * Raw frames, as cameras, `ffmpeg -f rawvideo` and NumPy's `tofile` write them: whatever comes with a shape and is no other format.
 * A raw file is read in place, a compressed one lies in memory.
 */
export const rawFormat: DataFormat = {
  name: 'raw frames',
  takes: 'raw frames, with --shape HxWxC',
  options: SHAPE_OPTIONS,
  async recognises(input, { shape }) {
    if (shape === undefined || input.kind === 'folder') return false;
    return isRawFrames(await input.start(LOOKED_AT), shape, input.isGzip ? undefined : input.size);
  },
  async open(input, options) {
    const { file, shape } = framesIn(input, options);
    const { path } = file;
    const store = await openFrames(file, shape, options);
    const identity = { name: basename(path), source: path, sample: false };
    return { train: new ImageDataset(identity, shape, store, undefined, digestImages) };
  },
  async stream(input, options) {
    const { file, shape } = framesIn(input, options);
    return imageStream({ path: file.path, shape, payload: wholeFrames(file, shape), close: () => file.close() });
  },
};

/** What has been recognised. */
function framesIn(input: DataInput, { shape }: OpenOptions): { readonly file: FileInput; readonly shape: ImageShape } {
  if (input.kind === 'file' && shape !== undefined) return { file: input, shape };
  throw new OptionError('shape', shape, 'height, width and channels, and a file of raw frames');
}

async function openFrames(file: FileInput, shape: ImageShape, options: OpenOptions): Promise<ImageStore> {
  const { path, size, isGzip } = file;
  const { signal, memoryLimit = MEMORY_LIMIT } = options;
  if (size === undefined || isGzip) {
    // gzip, a fifo or a device: read once.
    const pixels = await collect(file.bytes(), memoryLimit, path, memoryLimit);
    return memoryStore(pixels, countFrames(path, pixels.length, shape));
  }
  return openItems(
    {
      path,
      offset: 0,
      itemCount: countFrames(path, size, shape),
      itemBytes: imageSize(shape),
      truncated: (arrived) => partialFrame(path, arrived, shape),
    },
    signal,
  );
}

/** @throws DataError `RAW_TRUNCATED` at the end of a stream whose last frame is not whole */
async function* wholeFrames(file: FileInput, shape: ImageShape): AsyncGenerator<Uint8Array, void> {
  let arrived = 0;
  for await (const chunk of file.bytes()) {
    arrived += chunk.length;
    yield chunk;
  }
  countFrames(file.path, arrived, shape);
}
