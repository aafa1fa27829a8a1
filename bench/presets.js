// Test MSE of the presets on MNIST, here and in PyTorch, which begins from weights of its own. Prints a Markdown table.
//
//   MILLRACE_PYTHON=python node bench/presets.js --data FOLDER [--epochs 10] [--seed 1] [--only transpose,deep]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mnist } from '../dist/data/node/mnist/mnist.js';
import { preset } from '../dist/model/presets/presets.js';
import { train } from './testErrors.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    epochs: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: 'transpose,upsample,deep,unet,variational' },
  },
});
const PEER = fileURLToPath(new URL('./peers/pytorch_test_error.py', import.meta.url));
const python = process.env.MILLRACE_PYTHON ?? 'python3';
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const folder = mkdtempSync(join(tmpdir(), 'millrace-presets-'));

/** Writes a part of the data set where the peer reads it. */
async function written(name, set) {
  const path = join(folder, name);
  writeFileSync(path, await set.read(0, set.items));
  return { path, dtype: 'uint8' };
}

function inPyTorch(task) {
  const file = join(folder, 'task.json');
  writeFileSync(file, JSON.stringify(task));
  const { stdout, stderr, status } = spawnSync(python, [PEER, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const result = JSON.parse(stdout);
  if (result.absent !== undefined) throw new Error(result.absent);
  return result;
}

try {
  const digits = await mnist({ data: values.data });
  const images = { train: await written('train', digits.train), test: await written('test', digits.test) };
  row('preset', 'parameters', 'Millrace', 'PyTorch');
  row('---', '---', '---', '---');
  for (const name of values.only.split(',')) {
    const ours = train(
      `--data ${values.data} --epochs ${values.epochs} --seed ${values.seed} --architecture ${name}`.split(' '),
    );
    const architecture = preset(name, digits.train.shape);
    const theirs = inPyTorch({
      ...images,
      architecture,
      epochs: Number(values.epochs),
      seed: Number(values.seed),
      batchSize: 20,
    });
    if (theirs.parameters !== ours.parameters) throw new Error(`${name}: ${theirs.parameters} parameters in PyTorch`);
    row(name, ours.parameters.toLocaleString('en'), ...[ours, theirs].map(({ errors }) => errors.at(-1).toFixed(6)));
  }
} finally {
  rmSync(folder, { recursive: true });
}
