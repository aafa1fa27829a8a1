// How well `detect` tells images of other kinds: a network trained on one class of MNIST, ROC-AUC over the test images, the nine other classes
// being anomalies; all ten classes, beside what Ruff et al. report for their convolutional autoencoder. Prints a Markdown table.
//
//   node bench/anomalies.js --data FOLDER [--epochs 30] [--networks transpose,deep,16] [--classes 0-9] [--seed 1] [--json FILE]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Model, memoryDataset, openData, pipeline, values as valuesOf } from '../dist/exports/index.js';
import { checkArchitecture, createEngine, preset } from '../dist/exports/model.js';
import { RocTally } from '../dist/statistics/rocTally.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'mnist' },
    epochs: { type: 'string', default: '30' },
    networks: { type: 'string', default: 'transpose,deep,16' },
    classes: { type: 'string', default: '0-9' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
/** Deep One-Class Classification (ICML 2018), table 1: DCAE. */
const REPORTED = [97.6, 98.3, 85.4, 86.7, 86.5, 78.2, 94.6, 92.3, 86.5, 90.4];
const [epochs, seed] = [Number(values.epochs), Number(values.seed)];
const [firstClass, lastClass] = values.classes.split('-').map(Number);
const networks = values.networks.split(',');

const { train, test } = await openData({ data: values.data, offline: true });
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
row('normal', ...networks.map(nameOf), 'DCAE, reported');
row(...Array(networks.length + 2).fill('---'));
const areas = [];
for (let label = firstClass; label <= lastClass; label++) {
  const images = await imagesOf(train, label);
  const found = [];
  for (const name of networks) found.push(await areaOf(architectureOf(name), images, label));
  areas.push(found);
  row(label, ...found.map(percent), REPORTED[label].toFixed(1));
}
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
row('mean', ...networks.map((_, at) => percent(mean(areas.map((found) => found[at])))), mean(REPORTED).toFixed(1));
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ epochs, seed, networks, firstClass, areas }, null, 2)}\n`);

/** A preset, or `deep` with a latent of so many values. */
function architectureOf(name) {
  if (!/^\d+$/.test(name)) return preset(name, train.shape);
  const { encoder, ...deep } = preset('deep', train.shape);
  return { ...deep, name: `deep-${name}`, encoder: [...encoder.slice(0, -1), { type: 'dense', units: Number(name) }] };
}

function nameOf(name) {
  const { latentShape } = checkArchitecture(architectureOf(name));
  return `${/^\d+$/.test(name) ? 'deep' : name}, ${latentShape.reduce((product, side) => product * side, 1)} values`;
}

async function imagesOf(train, label) {
  const pixels = await train.read(0, train.items);
  const size = pixels.length / train.items;
  const places = [...train.labels.keys()].filter((at) => train.labels[at] === label);
  const chosen = new Uint8Array(places.length * size);
  for (const [to, at] of places.entries()) chosen.set(pixels.subarray(at * size, (at + 1) * size), to * size);
  return memoryDataset({ shape: train.shape, pixels: chosen });
}

async function areaOf(architecture, images, label) {
  const engine = await createEngine({ network: checkArchitecture(architecture), seed });
  for await (const batch of valuesOf(pipeline(images.batches({ size: 20, epochs, shuffle: { seed } }))))
    engine.trainStep(batch);
  const model = new Model(engine);
  const curve = new RocTally();
  const scores = model.score(await test.read(0, test.items));
  for (const [at, loss] of scores.entries()) curve.add(loss, test.labels[at] !== label);
  model.dispose();
  return curve.area();
}

function percent(area) {
  return (100 * area).toFixed(1);
}
