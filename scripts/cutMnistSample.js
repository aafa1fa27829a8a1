// Cuts the embedded sample from the real files: node scripts/cutMnistSample.js FOLDER
// The same input gives the same bytes with the same zlib: gzip -9 without a time.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const SAMPLE = fileURLToPath(new URL('../data/mnist-sample/', import.meta.url));
const ITEMS = {
  'train-images-idx3-ubyte': 10_000,
  'train-labels-idx1-ubyte': 10_000,
  't10k-images-idx3-ubyte': 2_000,
  't10k-labels-idx1-ubyte': 2_000,
};
const COUNT_OFFSET = 4;

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Give the folder with the four .gz files of MNIST.');
  process.exit(2);
}

for (const [name, items] of Object.entries(ITEMS)) {
  const whole = gunzipSync(readFileSync(join(folder, `${name}.gz`)));
  const headerBytes = 4 + 4 * whole[3];
  const itemBytes = (whole.length - headerBytes) / whole.readUInt32BE(COUNT_OFFSET);
  const sample = Buffer.from(whole.subarray(0, headerBytes + items * itemBytes));
  sample.writeUInt32BE(items, COUNT_OFFSET);
  writeFileSync(join(SAMPLE, `${name}.gz`), gzipSync(sample, { level: 9 }));
}
