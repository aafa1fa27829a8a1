// What `encode --share` saves: latents of several sizes at 2, 4 and 8 bits, beside gzip and PNG. Trains each network, by whole programs.
// Prints a Markdown table.
//
//   node bench/share.js [--data mnist] [--networks transpose,64,16] [--bits 2,4,8] [--epochs 5] [--limit N]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openData } from '../dist/exports/index.js';
import { preset } from '../dist/exports/model.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'mnist' },
    networks: { type: 'string', default: 'transpose,64,16' },
    bits: { type: 'string', default: '2,4,8' },
    epochs: { type: 'string', default: '5' },
    limit: { type: 'string' },
  },
});
const PROGRAM = fileURLToPath(new URL('../bin/millrace.js', import.meta.url));
const data = existsSync(values.data) ? resolve(values.data) : values.data;
const limit = values.limit === undefined ? [] : ['--limit', values.limit];

const folder = mkdtempSync(join(tmpdir(), 'millrace-share-'));
try {
  const { train } = await openData({ data, offline: true });
  row('', 'bytes', 'of raw', 'PSNR');
  row('---', '---:', '---:', '---:');
  let isFirst = true;
  for (const name of values.networks.split(',')) {
    const flags = [
      '--data',
      data,
      '--epochs',
      values.epochs,
      '--architecture',
      networkOf(name, train.shape),
      '--output',
      name,
    ];
    run('train', ...flags, ...limit, '--ui', 'none', '--offline');
    for (const bits of values.bits.split(',')) {
      const shared = `${name}-${bits}.safetensors`;
      const lines = run(
        'encode',
        data,
        '--model',
        name,
        '--share',
        shared,
        '--bits',
        bits,
        ...limit,
        '--offline',
      ).split('\n');
      const sizes = lines
        .map((line) => /^(.*\S)\s+([\d,]+)\s+([\d.]+ %)$/.exec(line))
        .filter((found) => found !== null);
      if (isFirst) for (const [, what, bytes, share] of sizes.slice(0, -1)) row(what, bytes, share, '');
      isFirst = false;
      const [, count] = / ([\d,]+) latents each/.exec(lines.join(' '));
      const [, decibels] = /PSNR ([\d.]+) dB/.exec(lines.join(' '));
      const [, , bytes, share] = sizes.at(-1);
      row(`${count} values, ${bits} bits`, bytes, share, `${decibels} dB`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** A preset, or `deep` with a latent of so many values, as a file. */
function networkOf(name, shape) {
  if (!/^\d+$/.test(name)) return name;
  const { encoder, ...deep } = preset('deep', shape);
  const file = `deep-${name}.json`;
  const layers = [...encoder.slice(0, -1), { type: 'dense', units: Number(name) }];
  writeFileSync(join(folder, file), JSON.stringify({ ...deep, name: `deep-${name}`, encoder: layers }));
  return file;
}

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function row(...cells) {
  console.log(`| ${cells.join(' | ')} |`);
}
