// The images that are trained on, as raw files that Millrace and its peers read alike.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { gaussian, hash, uniform } from '../dist/random.js';

/** As many as the embedded sample has: the same images whether `--data` is given or not. */
const MNIST_ITEMS = 10_000;
const MADE_ITEMS = 2000;
const IDX_HEADER_BYTES = 16;

/**
 * Writes images once for each shape and kind.
 *
 * - `plain`: MNIST where the shape is MNIST's, made ones elsewhere.
 * - `dense`: the same without a black pixel, so that no patch can be skipped.
 * - `floats`: the same as float32, black a 255th, and `denormal`: black a denormal number.
 * - `noisy`: float32, with noise of 0.5 as the preset `denoise` has it; the clean ones are the target.
 */
export class ImageFiles {
  #folder;
  #mnist;
  #written = new Map();

  /** @param {string} folder where to write @param {string} mnist the folder of MNIST's files */
  constructor(folder, mnist) {
    this.#folder = folder;
    this.#mnist = mnist;
  }

  /** @param {readonly number[]} input [height, width, channels] @param {'plain' | 'dense' | 'floats' | 'denormal' | 'noisy'} kind */
  of(input, kind) {
    const name = `${input.join('x')}-${kind}`;
    if (!this.#written.has(name)) this.#written.set(name, this.#write(name, input, kind));
    return this.#written.get(name);
  }

  #write(name, input, kind) {
    const bytes = input.join() === '28,28,1' ? readMnist(this.#mnist) : madeImages(input, MADE_ITEMS);
    const items = bytes.length / (input[0] * input[1] * input[2]);
    if (kind === 'floats') return { items, pixels: this.#save(name, floats(bytes, 1 / 255)) };
    if (kind === 'denormal') return { items, pixels: this.#save(name, floats(bytes, 1e-40)) };
    if (kind === 'noisy')
      return { items, pixels: this.#save(name, noisy(bytes)), target: this.of(input, 'plain').pixels };
    return { items, pixels: this.#save(name, kind === 'dense' ? bytes.map((byte) => Math.max(1, byte)) : bytes) };
  }

  #save(name, values) {
    const path = join(this.#folder, `${name}.bin`);
    writeFileSync(path, values);
    return { path, dtype: values instanceof Float32Array ? 'float32' : 'uint8' };
  }
}

function readMnist(folder) {
  const bytes = gunzipSync(readFileSync(join(folder, 'train-images-idx3-ubyte.gz')));
  return new Uint8Array(bytes.subarray(IDX_HEADER_BYTES, IDX_HEADER_BYTES + MNIST_ITEMS * 28 * 28));
}

function floats(bytes, black) {
  return Float32Array.from(bytes, (byte) => (byte === 0 ? black : byte / 255));
}

function noisy(bytes) {
  const noise = gaussian(1);
  return Float32Array.from(bytes, (byte) => Math.min(1, Math.max(0, byte / 255 + 0.5 * noise())));
}

/** Each image a few soft spots in each channel, on a slope: something to learn, nothing black. */
function madeImages([height, width, channels], items) {
  const bytes = new Uint8Array(items * height * width * channels);
  let at = 0;
  for (let item = 0; item < items; item++) {
    const next = uniform(hash(item));
    const spots = Array.from({ length: 3 * channels }, () => [height * next(), width * next(), 2 + 4 * next()]);
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        for (let channel = 0; channel < channels; channel++) {
          const light = spots
            .slice(3 * channel, 3 * channel + 3)
            .map(([y, x, radius]) => Math.exp(-((row - y) ** 2 + (column - x) ** 2) / radius ** 2));
          const slope = 20 + (40 * (row + column)) / (height + width);
          bytes[at++] = Math.min(255, slope + 180 * light.reduce((sum, one) => sum + one, 0));
        }
  }
  return bytes;
}
