// A trained model over a raw IDX file, whole programs on two threads: encode, reconstruct and evaluate against PyTorch (no_grad, batches of 256,
// the same file in, the same values out); `denoise` as a share of the roofline; whether memory stays flat.
//
//   node bench/inference.js [--images N] [--rounds N] [--threads N] [--data FOLDER] [--only transpose,denoise] [--folder FOLDER] [--json FILE]
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { encodeIdxHeader } from '../dist/data/idx/encoder.js';
import { openData } from '../dist/exports/index.js';
import { checkArchitecture, initialWeights, preset, saveWeights } from '../dist/exports/model.js';
import { describePlan } from '../dist/model/simd/plan/describePlan.js';
import { gaussian } from '../dist/random.js';
import { runJson } from './child.js';
import { describeMachine, load } from './machine.js';
import { roofline } from './measurements/roofline.js';
import { residentMegabytes } from './memory/residentMemory.js';
import { median } from './statistics.js';
import { table } from './table.js';

const { values: options } = parseArgs({
  options: {
    images: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    data: { type: 'string' },
    only: { type: 'string', default: 'transpose,denoise' },
    folder: { type: 'string', default: tmpdir() },
    json: { type: 'string' },
  },
});
const [images, rounds, threads] = [options.images, options.rounds, options.threads].map(Number);
const COMMANDS = ['encode', 'reconstruct', 'evaluate'];
const PROGRAM = fileURLToPath(new URL('../bin/millrace.js', import.meta.url));
const USAGE = new URL('measure/usage.js', import.meta.url).href;
const PEER = fileURLToPath(new URL('peers/inference.py', import.meta.url));
const READING_MS = 100;
const BAR = 5;

const folder = mkdtempSync(join(options.folder, 'millrace-inference-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true });
}

async function main() {
  const machine = describeMachine();
  console.log(`${machine.cpu}, ${machine.cpus} cpus, node ${machine.node}, load ${load()}\n`);
  const { train } = await openData({ data: options.data ?? 'mnist', offline: true });
  const some = await train.read(0, Math.min(10_000, train.items));
  const names = options.only.split(',');
  const jobs = [];
  for (const name of names) jobs.push(...(await jobsOf(name, some)));
  const loads = [];
  for (let round = 0; round < rounds; round++) {
    loads.push(load());
    for (const job of jobs) {
      // Neighbours in time, and not always the same one first.
      for (const measure of round % 2 === 0 ? [millrace, peer] : [peer, millrace]) await measure(job);
      console.log(
        `round ${round + 1}: ${job.name} ${job.command} ${job.millrace.at(-1).seconds.toFixed(1)} s, load ${load()}`,
      );
    }
  }
  const limits = names.includes('denoise') ? await rooflines() : [];
  show(jobs, limits);
  if (options.json === undefined) return;
  const measured = jobs.map(({ name, command, millrace, peer }) => ({ name, command, millrace, peer }));
  writeFileSync(
    options.json,
    `${JSON.stringify({ machine, images, threads, loads, gigaflops: limits, measured }, null, 2)}\n`,
  );
}

async function jobsOf(name, some) {
  const architecture = preset(name, [28, 28, 1]);
  const network = checkArchitecture(architecture);
  const model = join(folder, `${name}.safetensors`);
  await saveWeights(model, initialWeights(network, 1), architecture);
  const path = repeated(join(folder, `${name}.idx`), name === 'denoise' ? noisy(some) : some);
  const multiplyAdds = describePlan(network, {})
    .filter(({ pass, layers }) => pass === 'forward' && layers !== 'loss')
    .reduce((sum, call) => sum + call.multiplyAdds, 0);
  return COMMANDS.map((command) => ({
    name,
    command,
    architecture,
    model,
    path,
    multiplyAdds,
    millrace: [],
    peer: [],
  }));
}

/** As `addNoise` with a factor of 0.5 makes them: no patch is black. */
function noisy(pixels) {
  const next = gaussian(1);
  return pixels.map((value) => Math.max(0, Math.min(255, Math.round(value + 127.5 * next()))));
}

/** An IDX file of as many images as are asked for. */
function repeated(path, some) {
  const file = openSync(path, 'w');
  writeSync(file, encodeIdxHeader('uint8', [images, 28, 28]));
  for (let left = images * 784; left > 0; left -= some.length) writeSync(file, some, 0, Math.min(left, some.length));
  closeSync(file);
  return path;
}

/** A whole program of ours, with its memory as it goes. */
async function millrace({ command, model, path, millrace }) {
  const usage = join(folder, 'usage.json');
  const output = join(folder, command === 'encode' ? 'latents.npy' : 'reconstructed.idx');
  const flags = [
    '--model',
    model,
    '--threads',
    String(threads),
    ...(command === 'evaluate' ? [] : ['--output', output]),
  ];
  const begun = performance.now();
  const child = spawn(process.execPath, ['--import', USAGE, PROGRAM, command, path, ...flags], {
    env: { ...process.env, MILLRACE_BENCH_USAGE: usage },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const megabytes = [];
  const timer = setInterval(() => {
    const reading = residentMegabytes(child.pid);
    if (reading !== undefined) megabytes.push(Math.round(reading));
  }, READING_MS);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`millrace ${command} ended with exit code ${code}`);
  const seconds = (performance.now() - begun) / 1000;
  millrace.push({ seconds, ...JSON.parse(readFileSync(usage, 'utf8')), megabytes });
  rmSync(output, { force: true });
}

/** The same by PyTorch; nothing where it is absent. */
async function peer({ name, command, architecture, model, path, peer }) {
  if (name !== 'transpose') return;
  const output = join(folder, 'peer.out');
  const task = { command, architecture, weights: model, images: path, output, threads };
  const begun = performance.now();
  const python = process.env.MILLRACE_PYTHON ?? 'python3';
  const result = await runJson(python, [PEER, JSON.stringify(task)], { timeLimit: 3_600_000 }).catch((error) => {
    console.log(`PyTorch: ${error.message}`);
  });
  if (result !== undefined) peer.push({ seconds: (performance.now() - begun) / 1000, ...result });
  rmSync(output, { force: true });
}

async function rooflines() {
  const { measurement } = roofline({ folder, options: { seconds: 1.5 } }, threads);
  const found = [];
  for (let round = 0; round < rounds; round++) found.push((await measurement.run()).gigaflops);
  return found;
}

function show(jobs, limits) {
  const rows = jobs.map(({ name, command, millrace, peer, multiplyAdds }) => {
    const seconds = median(millrace.map((round) => round.seconds));
    const ratios = (key) =>
      millrace.flatMap((round, at) => (peer[at] === undefined ? [] : [peer[at][key] / round[key]]));
    const ratio = (key) => (ratios(key).length === 0 ? '' : `${median(ratios(key)).toFixed(1)}×`);
    const share = (2 * multiplyAdds * images) / seconds / 1e9 / median(limits.length > 0 ? limits : [Number.NaN]);
    return [
      `${name} ${command}`,
      seconds.toFixed(2),
      count(images / seconds),
      median(millrace.map(({ cpuSeconds }) => cpuSeconds)).toFixed(1),
      peer.length === 0 ? '' : count(images / median(peer.map((round) => round.seconds))),
      ratio('seconds'),
      name === 'transpose' ? `≥ ${BAR}×` : '',
      ratio('cpuSeconds'),
      name === 'denoise' && command !== 'encode' ? `${(100 * share).toFixed(0)} %` : '',
    ];
  });
  console.log(
    `\n${table([
      [
        `${count(images)} images, ${threads} threads`,
        'seconds',
        'images/s',
        'processor s',
        'PyTorch',
        'score',
        'bar',
        'of processor time',
        'of the roofline',
      ],
      ...rows,
    ])}\n`,
  );
  console.log(
    table([
      ['memory, RSS MB', 'at ¼', 'at ½', 'at ¾', 'at the end', 'most'],
      ...jobs.map(({ name, command, millrace }) => [`${name} ${command}`, ...curve(millrace.at(-1).megabytes)]),
    ]),
  );
}

function curve(megabytes) {
  const at = (share) => megabytes[Math.min(megabytes.length - 1, Math.floor(share * megabytes.length))] ?? Number.NaN;
  return [...[0.25, 0.5, 0.75, 1].map(at), Math.max(...megabytes)].map(String);
}

function count(number) {
  return Math.round(number).toLocaleString('en');
}
