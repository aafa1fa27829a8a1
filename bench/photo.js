// The preset `photo` beside the convolutional autoencoder that PyTorch's tutorials train on CIFAR-10: test MSE on colour images.
// Prints a Markdown table.
//
//   python bench/peers/colour_photos.py FOLDER
//   node bench/photo.js --data FOLDER [--epochs 5] [--seeds 1,2,3]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { train } from './testErrors.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    side: { type: 'string', default: '32' },
    epochs: { type: 'string', default: '5' },
    seeds: { type: 'string', default: '1,2,3' },
  },
});
const window = { kernelSize: 4, strides: 2, padding: 'same' };
const convolution = (filters) => ({ type: 'conv2d', filters, ...window, activation: 'relu' });
const transposed = (filters, activation) => ({ type: 'conv2dTranspose', filters, ...window, activation });
/** Three convolutions of 12, 24 and 48 filters and their mirror image: https://github.com/chenjie/PyTorch-CIFAR-10-autoencoder */
const tutorial = {
  name: 'tutorial',
  input: [Number(values.side), Number(values.side), 3],
  encoder: [convolution(12), convolution(24), convolution(48)],
  decoder: [transposed(24, 'relu'), transposed(12, 'relu'), transposed(3, 'sigmoid')],
};

const folder = mkdtempSync(join(tmpdir(), 'millrace-photo-'));
const file = join(folder, 'tutorial.json');
const data = `--data ${join(values.data, 'train.npy')} --test-data ${join(values.data, 'test.npy')} --epochs ${values.epochs}`;
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const seeds = values.seeds.split(',');
try {
  writeFileSync(file, JSON.stringify(tutorial));
  row('network', 'parameters', ...seeds.map((seed) => `seed ${seed}`), 'mean');
  row(...Array(seeds.length + 3).fill('---'));
  for (const [name, architecture] of [
    ['tutorial', file],
    ['`photo`', 'photo'],
  ]) {
    const runs = seeds.map((seed) => train([...data.split(' '), '--seed', seed, '--architecture', architecture]));
    const errors = runs.map((run) => run.errors.at(-1));
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    row(name, runs[0].parameters.toLocaleString('en'), ...[...errors, mean].map((error) => error.toFixed(5)));
  }
} finally {
  rmSync(folder, { recursive: true });
}
