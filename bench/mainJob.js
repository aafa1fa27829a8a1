// The main job as people run it: images/s of each backend, time to the first event and the first loss, memory, and what the
// dashboard costs. Whole processes, interleaved rounds, medians; prints a table and, last, one line of JSON.
//
//   node bench/mainJob.js [--data FOLDER] [--limit ITEMS] [--rounds N] [--backends wasm,cpu]
import { spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { spawn as spawnOnTerminal } from '@lydell/node-pty';

const MILLRACE = fileURLToPath(new URL('../bin/millrace.js', import.meta.url));
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'mnist' },
    limit: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '3' },
    backends: { type: 'string', default: 'wasm' },
  },
});

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
const flagsOf = (backend, ui) =>
  `train --data ${values.data} --offline --limit ${values.limit} --epochs 1 --backend ${backend} --no-output --ui ${ui} --events`.split(
    ' ',
  );

/** Reads the events of one process and says what they tell. */
async function read(stdout, begun) {
  let [firstEvent, firstLoss, rest] = [undefined, undefined, ''];
  let [imagesPerSecond, rss] = [undefined, []];
  for await (const text of stdout) {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const event of lines.map((line) => JSON.parse(line))) {
      firstEvent ??= performance.now() - begun;
      if (event.type === 'loss') firstLoss ??= performance.now() - begun;
      if (event.type === 'epoch') ({ imagesPerSecond } = event);
      if (event.type === 'stats') rss.push(event.rssBytes / 1e6);
    }
  }
  return { firstEvent, firstLoss, imagesPerSecond, rssStart: rss[0], rssEnd: rss.at(-1) };
}

function withoutScreen(backend) {
  const begun = performance.now();
  const child = spawn(process.execPath, [MILLRACE, ...flagsOf(backend, 'none'), '-'], { cwd: tmpdir() });
  return read(child.stdout.setEncoding('utf8'), begun);
}

/** The dashboard draws on a pseudo-terminal; the events go to a file beside it. */
async function withDashboard(backend) {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const file = join(folder, 'events.ndjson');
  const terminal = spawnOnTerminal(process.execPath, [MILLRACE, ...flagsOf(backend, 'dashboard'), file], {
    cols: 120,
    rows: 40,
    cwd: tmpdir(),
    env: { ...process.env, CI: 'false', TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8' },
  });
  await new Promise((resolve) => terminal.onExit(resolve));
  const result = await read(createReadStream(file, 'utf8'), performance.now());
  rmSync(folder, { recursive: true });
  return result;
}

const backends = values.backends.split(',');
const empty = () => Object.fromEntries(backends.map((backend) => [backend, []]));
const runs = { none: empty(), dashboard: empty() };
const load = loadavg()[0];
for (let round = 0; round < Number(values.rounds); round++)
  for (const backend of backends) {
    runs.none[backend].push(await withoutScreen(backend));
    runs.dashboard[backend].push(await withDashboard(backend));
  }

const of = (results, figure) => median(results.map((result) => result[figure] ?? Number.NaN));
const table = backends.map((backend) => ({
  backend,
  'images/s': Math.round(of(runs.none[backend], 'imagesPerSecond')),
  'with dashboard': Math.round(of(runs.dashboard[backend], 'imagesPerSecond')),
  ratio: Number(
    (of(runs.dashboard[backend], 'imagesPerSecond') / of(runs.none[backend], 'imagesPerSecond')).toFixed(3),
  ),
  'first event ms': Math.round(of(runs.none[backend], 'firstEvent')),
  'first loss ms': Math.round(of(runs.none[backend], 'firstLoss')),
  'RSS start MB': Math.round(of(runs.none[backend], 'rssStart')),
  'RSS end MB': Math.round(of(runs.none[backend], 'rssEnd')),
}));
console.table(table);
const machine = { node: process.version, cores: availableParallelism(), loadBefore: load, loadAfter: loadavg()[0] };
console.log(JSON.stringify({ ...values, machine, results: table }));
