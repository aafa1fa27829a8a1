import { basename } from 'node:path';
import { DataError } from '../../../errors.js';
import { imageSize } from '../../batch.js';
import type { DataFormat, FileInput, OpenOptions } from '../../dataFormat.js';
import { ImageDataset } from '../../dataset/imageDataset.js';
import { memoryStore } from '../../dataset/imageStore.js';
import type { Dataset } from '../../dataset.js';
import { SHAPE_OPTIONS } from '../../formatOptions.js';
import type { ImageStream } from '../../imageStream.js';
import { digestImages } from '../../node/digestImages.js';
import { grown, MEMORY_LIMIT, requireFit } from '../../node/files/allocate.js';
import { imageStream } from '../../node/stream/imageStream.js';
import { isCsv } from '../csvImages.js';
import { CsvLines } from './csvLines.js';

/** Lines of numbers, one an image, as Kaggle's MNIST has them. */
export const csvFormat: DataFormat = {
  name: 'CSV',
  takes: 'a CSV file',
  options: SHAPE_OPTIONS,
  recognises: async (input) => input.kind === 'file' && beginsWithCells(input),
  async open(input, options) {
    return { train: await openCsv(input as FileInput, options) };
  },
  stream: openCsvStream,
};

async function beginsWithCells(file: FileInput): Promise<boolean> {
  for (let start = await file.start(1); ; ) {
    const answer = isCsv(start);
    if (answer !== undefined) return answer;
    const more = await file.start(start.length + 1);
    if (more.length === start.length) return false;
    start = more;
  }
}

async function openCsv(file: FileInput, options: OpenOptions): Promise<Dataset> {
  const { path } = file;
  const lines = new CsvLines(file, options.shape);
  const { shape, hasLabel } = await lines.columns();
  const { signal, memoryLimit = MEMORY_LIMIT } = options;
  const size = imageSize(shape);
  let pixels = new Uint8Array(0);
  let labels = new Uint8Array(0);
  let items = 0;
  for await (const image of lines.images()) {
    signal?.throwIfAborted();
    requireFit((items + 1) * size, path, memoryLimit);
    pixels = grown(pixels, (items + 1) * size, Number.MAX_SAFE_INTEGER, path);
    labels = grown(labels, items + 1, Number.MAX_SAFE_INTEGER, path);
    pixels.set(image.pixels, items * size);
    labels[items++] = image.label;
  }
  if (items === 0) throw noImages(path);
  const identity = { name: basename(path), source: path, sample: false };
  const store = memoryStore(pixels.slice(0, items * size), items);
  return new ImageDataset(identity, shape, store, hasLabel ? labels.slice(0, items) : undefined, digestImages);
}

async function openCsvStream(file: FileInput, options: OpenOptions): Promise<ImageStream> {
  const { path } = file;
  const lines = new CsvLines(file, options.shape);
  const { shape } = await lines.columns();
  return imageStream({ path, shape, payload: pixelsOf(lines), close: () => file.close() });
}

async function* pixelsOf(lines: CsvLines): AsyncGenerator<Uint8Array, void> {
  for await (const { pixels } of lines.images()) yield pixels;
}

function noImages(path: string): DataError {
  return new DataError({
    code: 'DATA_EMPTY',
    path,
    expected: 'a line of numbers at least',
    actual: 'names of columns alone',
    advice: 'Check the download, or the program, that it comes from.',
  });
}
