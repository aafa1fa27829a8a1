// What losses, optimizers and schedules make of the same job: the test images' mean squared error after each epoch, median of the seeds.
// Draws docs/pictures/{losses,optimizers,schedules,normalization}.svg and prints the numbers as Markdown.
//
//   node bench/learning.js --data FOLDER [--epochs 5] [--seeds 1,2,3] [--only losses,normalization] [--pictures docs/pictures]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { preset } from '../dist/model/presets/presets.js';
import { drawCurves } from './drawCurves.js';
import { median } from './statistics.js';
import { train } from './testErrors.js';

const PICTURES = fileURLToPath(new URL('../docs/pictures', import.meta.url));
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'mnist' },
    epochs: { type: 'string', default: '5' },
    seeds: { type: 'string', default: '1,2,3' },
    only: { type: 'string', default: 'losses,optimizers,schedules,normalization' },
    pictures: { type: 'string', default: PICTURES },
  },
});

const RATE = '--learning-rate 0.003';
const folder = mkdtempSync(join(tmpdir(), 'millrace-learning-'));
const normalized = join(folder, 'normalized.json');
writeFileSync(normalized, JSON.stringify(withNormalization(preset('transpose', [28, 28, 1]))));
/** Flags by what the curve is called. */
const CHARTS = {
  losses: {
    title: 'Test MSE, trained with other losses',
    curves: {
      mse: '',
      mae: '--loss mae',
      'huber, δ 0.1': '--loss huber --huber-delta 0.1',
      bce: '--loss bce',
      ssim: '--loss ssim',
      'mse+0.2*ssim': '--loss mse+0.2*ssim',
    },
  },
  optimizers: {
    title: 'Test MSE with each optimizer',
    curves: {
      adam: '',
      adamw: '--optimizer adamw',
      'sgd, momentum 0.9, rate 0.5': '--optimizer sgd --momentum 0.9 --learning-rate 0.5',
      rmsprop: '--optimizer rmsprop',
    },
  },
  schedules: {
    title: 'Test MSE with each schedule, rate 0.003',
    curves: {
      constant: RATE,
      'step, every 2 epochs': `${RATE} --schedule step --schedule-epochs 2`,
      cosine: `${RATE} --schedule cosine`,
      'one-cycle': `${RATE} --schedule one-cycle`,
      'plateau, 1 epoch': `${RATE} --schedule plateau --schedule-epochs 1`,
    },
  },
  normalization: {
    title: 'Test MSE with batch normalization, and with cosine, rate 0.003',
    curves: {
      neither: RATE,
      cosine: `${RATE} --schedule cosine`,
      'batch normalization': `${RATE} --architecture ${normalized}`,
      both: `${RATE} --architecture ${normalized} --schedule cosine`,
    },
  },
};

/** Between each convolution and its activation. */
function withNormalization(architecture) {
  const layersOf = (layer) =>
    layer.type === 'conv2d' || (layer.type === 'conv2dTranspose' && layer.activation !== 'sigmoid')
      ? [
          { ...layer, useBias: false, activation: 'linear' },
          { type: 'batchNormalization', activation: layer.activation },
        ]
      : [layer];
  const { encoder, decoder } = architecture;
  return {
    ...architecture,
    name: 'normalized',
    encoder: encoder.flatMap(layersOf),
    decoder: decoder.flatMap(layersOf),
  };
}

/** Test MSE after each epoch of a run. */
function errorsOf(flags, seed) {
  const common = `--data ${values.data} --epochs ${values.epochs} --seed ${seed}`.split(' ');
  return train([...common, ...(flags === '' ? [] : flags.split(' '))]).errors;
}

const seeds = values.seeds.split(',');
const row = (...cells) => `| ${cells.join(' | ')} |`;
mkdirSync(values.pictures, { recursive: true });
for (const name of values.only.split(',')) {
  const { title, curves } = CHARTS[name];
  const drawn = Object.entries(curves).map(([curve, flags]) => {
    const runs = seeds.map((seed) => errorsOf(flags, seed));
    console.error(`${name}, ${curve}: ${runs.map((errors) => errors.at(-1)).join(', ')}`);
    return { name: curve, values: runs[0].map((_, epoch) => median(runs.map((errors) => errors[epoch]))) };
  });
  writeFileSync(join(values.pictures, `${name}.svg`), drawCurves(title, drawn));
  console.log(`\n### ${name}\n`);
  console.log(row('epoch', ...drawn.map((curve) => curve.name)));
  console.log(row('---', ...drawn.map(() => '---')));
  for (const epoch of drawn[0].values.keys())
    console.log(row(epoch + 1, ...drawn.map((curve) => curve.values[epoch].toFixed(5))));
}
rmSync(folder, { recursive: true });
