// Initial weights over many seeds: 20 × train loss where each ends. Prints Markdown; every run is appended to a file as it
// ends, so that a study that is broken off goes on where it was.
//
//   node bench/initial.js --data FOLDER [--architecture transpose|FILE.json] [--initial he,glorot] [--seeds 1-20]
//                         [--epochs 10,30] [--limit ITEMS] [--results FILE.ndjson] [--inverted]
//
// --epochs: those whose losses are shown; the last is where a run ends. --inverted: black on white. The preset denoise gets noise, and
// networks that are not for 28×28×1 made images, as in bench/engine.js.
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { checkArchitecture, createEngine, isPresetName, preset } from '../dist/exports/model.js';
import { ImageFiles } from './images.js';
import { median } from './statistics.js';

const BATCH = 20;
/** What the notebook printed after its last epoch: of `transpose` on MNIST. */
const NOTEBOOK = 0.1652;

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'mnist' },
    architecture: { type: 'string', default: 'transpose' },
    initial: { type: 'string', default: 'he,glorot' },
    seeds: { type: 'string', default: '1-20' },
    epochs: { type: 'string', default: '10' },
    results: { type: 'string' },
    limit: { type: 'string' },
    inverted: { type: 'boolean', default: false },
  },
});

const network = checkArchitecture(
  isPresetName(values.architecture)
    ? preset(values.architecture, [28, 28, 1])
    : JSON.parse(readFileSync(values.architecture, 'utf8')),
);
const shown = values.epochs.split(',').map(Number);
const epochs = Math.max(...shown);
const seeds = values.seeds.split(',').flatMap((range) => {
  const [first, last = first] = range.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
});
const images = readImages();
const imageSize = network.architecture.input.reduce((product, side) => product * side);
const limit = values.limit === undefined ? images.pixels.length : Number(values.limit) * imageSize;

function readImages() {
  const { input, name } = network.architecture;
  if (input.join() === '28,28,1' && name !== 'denoise')
    return { pixels: prepared(gunzipSync(readFileSync(join(values.data, 'train-images-idx3-ubyte.gz'))).subarray(16)) };
  const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const { pixels, target } = new ImageFiles(folder, values.data).of(input, name === 'denoise' ? 'noisy' : 'plain');
  const read = ({ path, dtype }) => {
    const bytes = new Uint8Array(readFileSync(path));
    return dtype === 'float32' ? new Float32Array(bytes.buffer) : bytes;
  };
  const result = { pixels: prepared(read(pixels)), ...(target && { target: prepared(read(target)) }) };
  rmSync(folder, { recursive: true });
  return result;
}

function prepared(pixels) {
  if (!values.inverted) return pixels;
  const white = pixels instanceof Uint8Array ? 255 : 1;
  return pixels.map((value) => white - value);
}

/** 20 × train loss after each epoch. */
async function lossesOf(initial, seed) {
  const engine = await createEngine({ network, initial, seed, threads: 1, engine: 'simd' });
  const size = BATCH * imageSize;
  const steps = Math.floor(Math.min(images.pixels.length, limit) / size);
  const losses = Array.from({ length: epochs }, () => {
    let sum = 0;
    for (let step = 0; step < steps; step++) {
      const of = (pixels) => pixels.subarray(step * size, (step + 1) * size);
      sum += engine.trainStep({
        pixels: of(images.pixels),
        ...(images.target && { target: of(images.target) }),
        length: BATCH,
      });
    }
    return (BATCH * sum) / steps;
  });
  engine.dispose();
  return losses;
}

const kind = { architecture: network.architecture.name, inverted: values.inverted, limit: values.limit ?? 'all' };
const kept =
  values.results !== undefined && existsSync(values.results)
    ? readFileSync(values.results, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];

async function run(initial, seed) {
  const isThis = (one) =>
    one.initial === initial &&
    one.seed === seed &&
    one.architecture === kind.architecture &&
    one.inverted === kind.inverted;
  const before = kept.find((one) => isThis(one) && one.losses.length >= epochs);
  if (before) return before.losses;
  const losses = await lossesOf(initial, seed);
  if (values.results !== undefined)
    appendFileSync(values.results, `${JSON.stringify({ ...kind, initial, seed, losses })}\n`);
  console.error(
    `${kind.architecture}, ${initial}, seed ${seed}: ${shown.map((epoch) => losses[epoch - 1].toFixed(4)).join(', ')}`,
  );
  return losses;
}

const isNotebook = kind.architecture === 'transpose' && !values.inverted && values.limit === undefined;
const row = (...cells) => `| ${cells.join(' | ')} |`;
const lines = [];
for (const initial of values.initial.split(',')) {
  const runs = [];
  for (const seed of seeds) runs.push(await run(initial, seed));
  for (const epoch of shown) {
    const sorted = runs.map((losses) => losses[epoch - 1]).toSorted((a, b) => a - b);
    const ended = sorted.filter((loss) => loss <= NOTEBOOK).length;
    const numbers = [sorted[0], median(sorted), sorted.at(-1)].map((loss) => loss.toFixed(4));
    lines.push(row(kind.architecture, initial, epoch, ...numbers, isNotebook ? `${ended} of ${sorted.length}` : ''));
  }
}
console.log(row('network', 'initial', 'epoch', 'best', 'median', 'worst', `at most ${NOTEBOOK}`));
console.log(row(...Array.from({ length: 7 }, () => '---')));
for (const line of lines) console.log(line);
