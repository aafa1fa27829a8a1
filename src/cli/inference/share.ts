// One file that needs nothing else to be decoded, and what it saves.
import { createGzip } from 'node:zlib';
import type { Batch } from '../../data/batch.js';
import { imageLosses } from '../../inference/imageLosses.js';
import type { LatentBatch, Latents } from '../../inference/latentBatch.js';
import type { Model } from '../../inference/model.js';
import { LatentSpool, type SpooledBatch } from '../../inference/node/latents/latentSpool.js';
import { writeShared } from '../../inference/node/latents/writeShared.js';
import { type Quantised, quantise } from '../../inference/operators/quantise.js';
import { toBytes } from '../../inference/pictureBatch.js';
import { quantisationOf } from '../../inference/quantisation.js';
import { shapeSize } from '../../model/layers/definition/layerShape.js';
import { chooseLoss } from '../../model/losses/lossOptions.js';
import { peakSignalToNoise } from '../../statistics/peakSignalToNoise.js';
import { values } from '../../streams/consumers/values.js';
import { pipeline } from '../../streams/pipeline.js';
import { inColumns } from '../../text/columns.js';
import { printable } from '../../text/printable.js';
import { writeText } from '../writeText.js';
import { type Work, withProgress } from './work.js';

/** Writes the shared file and prints its table. Images and latents are kept on the disk in between, beside the file. */
export async function share(
  path: string,
  encoded: AsyncIterable<Batch & Latents>,
  model: Model,
  bits: number,
  work: Work,
): Promise<void> {
  model.requireDecodable();
  const spool = await LatentSpool.open(path, model.latentShape);
  try {
    for await (const { latents, latentShape, length, labels, pixels } of encoded)
      await spool.add({ latents, latentShape, length, pixels, ...(labels !== undefined && { labels }) });
    const { ranges } = spool;
    const quantised = values(pipeline(spool.batches(), quantise<SpooledBatch>({ bits, ranges })));
    const comparison = new Comparison(model);
    const compared = comparison.watch(withProgress(quantised, work, undefined));
    const bytes = await writeShared(path, compared, model, quantisationOf(ranges, bits));
    const lines = await comparison.lines(path, bits, bytes);
    work.line.clear();
    await writeText(work.context.stdout, lines);
  } finally {
    await spool.close();
  }
}

const MEAN_SQUARED_ERROR = chooseLoss({});

/** What the same images take otherwise, and how far the shared ones are from them. */
class Comparison {
  readonly #model: Model;
  readonly #gzip = createGzip({ level: 9 });
  #gzipBytes = 0;
  #pngBytes = 0;
  #rawBytes = 0;
  #psnr = 0;
  #items = 0;

  constructor(model: Model) {
    this.#model = model;
    this.#gzip.on('data', ({ length }: Uint8Array) => {
      this.#gzipBytes += length;
    });
  }

  async *watch(batches: AsyncIterable<SpooledBatch & Quantised>): AsyncGenerator<LatentBatch & Quantised> {
    const { encode } = await import('fast-png');
    const [height, width, channels] = this.#model.inputShape;
    const size = shapeSize(this.#model.inputShape);
    for await (const batch of batches) {
      const { pixels, latents, length } = batch;
      const bytes = toBytes(pixels!);
      const errors = imageLosses(this.#model.decode(latents), bytes, this.#model.inputShape, MEAN_SQUARED_ERROR);
      for (const error of errors) this.#psnr += peakSignalToNoise(error);
      if (channels <= 4)
        for (let item = 0; item < length; item++)
          this.#pngBytes += encode({
            width,
            height,
            channels,
            data: bytes.slice(item * size, (item + 1) * size),
          }).length;
      this.#rawBytes += bytes.length;
      this.#items += length;
      await new Promise<void>((resolve) => this.#gzip.write(bytes, () => resolve()));
      yield batch;
    }
  }

  async lines(path: string, bits: number, bytes: number): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#gzip.once('end', resolve);
      this.#gzip.end();
    });
    const row = (name: string, size: number): string[] => [
      name,
      count(size),
      `${((100 * size) / this.#rawBytes).toFixed(1)} %`,
    ];
    const table = [
      row('raw images', this.#rawBytes),
      row('gzip -9 of them', this.#gzipBytes),
      ...(this.#pngBytes > 0 ? [row('their PNGs', this.#pngBytes)] : []),
      row(printable(path), bytes),
    ];
    const values = shapeSize(this.#model.latentShape);
    const decibels = (this.#psnr / this.#items).toFixed(2);
    return [
      ...inColumns([['', 'bytes', 'of raw'], ...table], ['left', 'right', 'right']),
      `${count(this.#items)} images, ${values} latents each at ${bits} bits; PSNR ${decibels} dB. The others lose nothing.`,
    ]
      .map((line) => `${line}\n`)
      .join('');
  }
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
