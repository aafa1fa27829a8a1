// From a folder of small JPEGs to a trained epoch: the first one, which decodes, and later ones, which find the copy, against the same
// images in a raw IDX file and, where PyTorch and torchvision are, against ImageFolder and a DataLoader of two workers.
//
//   node bench/data.js [--images N] [--side N] [--rounds N] [--json FILE]
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { hash, uniform } from '../dist/random.js';
import { describeMachine, load } from './machine.js';
import { median } from './statistics.js';
import { table } from './table.js';

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '50000' },
    side: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'string' },
  },
});
const [images, side, rounds] = [values.images, values.side, values.rounds].map(Number);
const PROGRAM = fileURLToPath(new URL('../bin/millrace.js', import.meta.url));
const PEER = fileURLToPath(new URL('peers/image_folder.py', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'millrace-data-'));
try {
  await makePhotos(join(folder, 'photos'));
  const measured = { first: [], later: [], raw: [], peer: [] };
  for (let round = 0; round < rounds; round += 1) {
    rmSync(join(folder, 'cache'), { recursive: true, force: true });
    measured.first.push(trainOn('photos'));
    measured.later.push(trainOn('photos'));
    if (round === 0) cpSync(copyOf('photos'), join(folder, 'raw.idx'));
    measured.raw.push(trainOn('raw.idx'));
    const peer = peerOn('photos');
    if (peer !== undefined) measured.peer.push(peer);
  }
  show(measured);
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ machine: describeMachine(), images, side, measured }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Two labels; each image a slope of its own, so that files differ. */
async function makePhotos(path) {
  for (const label of ['even', 'odd']) mkdirSync(join(path, label), { recursive: true });
  for (let image = 0; image < images; image += 1) {
    const next = uniform(hash(image));
    const [red, green, blue, across, down] = Array.from({ length: 5 }, next);
    const data = Buffer.alloc(3 * side * side);
    for (let pixel = 0; pixel < side * side; pixel += 1) {
      const light = (across * (pixel % side) + down * Math.floor(pixel / side)) / side;
      data.set(
        [red, green, blue].map((channel) => Math.min(255, 255 * channel * light)),
        3 * pixel,
      );
    }
    await sharp(data, { raw: { width: side, height: side, channels: 3 } })
      .jpeg({ quality: 85 })
      .toFile(join(path, image % 2 ? 'odd' : 'even', `${image}.jpg`));
  }
}

/** Seconds of a whole process that trains an epoch. */
function trainOn(data) {
  const started = performance.now();
  const flags = ['--epochs', '1', '--batch-size', '100', '--no-output', '--ui', 'none', '--compare', 'none'];
  run(process.execPath, [PROGRAM, 'train', '--data', data, ...flags]);
  return (performance.now() - started) / 1000;
}

function copyOf(data) {
  const copies = join(folder, 'cache', 'millrace', 'images');
  const [copy] = readdirSync(copies);
  if (copy === undefined) throw new Error(`no copy of ${data}`);
  return join(copies, copy, 'images.idx');
}

/** Seconds of a whole process; `undefined` where it cannot be had. */
function peerOn(data) {
  const started = performance.now();
  const python = process.env.MILLRACE_PYTHON ?? 'python3';
  const task = JSON.stringify({ folder: join(folder, data), side, batchSize: 100, workers: 2 });
  const { status, stdout } = spawnSync(python, [PEER, task], { encoding: 'utf8' });
  if (status !== 0 || JSON.parse(stdout).absent !== undefined) return undefined;
  return (performance.now() - started) / 1000;
}

function run(program, args) {
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') };
  const { status, stderr } = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

function show({ first, later, raw, peer }) {
  const machine = describeMachine();
  console.log(`${machine.cpu}, ${machine.cpus} cpus, node ${machine.node}, load ${load()}\n`);
  const row = (what, seconds, score) => [
    what,
    seconds.length === 0 ? '–' : median(seconds).toFixed(2),
    seconds.length === 0 ? '–' : Math.round(images / median(seconds)).toLocaleString('en'),
    score,
  ];
  const ratio = (over, under) =>
    over.length === 0 ? '–' : median(over.map((seconds, round) => seconds / under[round])).toFixed(2);
  console.log(
    table([
      [`${images.toLocaleString('en')} JPEGs of ${side}×${side}, one epoch`, 'seconds', 'images/s', 'score'],
      row('ImageFolder and DataLoader, PyTorch', peer, ''),
      row('folder, decoded (over the peer)', first, ratio(peer, first)),
      row('folder, found in the cache (over the raw file)', later, ratio(raw, later)),
      row('raw IDX file', raw, ''),
    ]),
  );
}
