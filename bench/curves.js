// The notebook's 30 epochs with several seeds: 20 × train loss epoch by epoch beside the notebook's, test loss at the end.
// Prints the Markdown of docs/RESULTS.md.
//
//   node bench/curves.js --data FOLDER [--architectures transpose,upsample] [--seeds 1,2,3] [--initial he] [--epochs 30] [--peer FILE]
//
// --peer: JSON with a list for each architecture, one entry an epoch, that begins with 20 × train loss: PyTorch's curves.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const MILLRACE = fileURLToPath(new URL('../bin/millrace.js', import.meta.url));
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'mnist' },
    architectures: { type: 'string', default: 'transpose,upsample' },
    seeds: { type: 'string', default: '1,2,3' },
    initial: { type: 'string', default: 'he' },
    epochs: { type: 'string', default: '30' },
    peer: { type: 'string' },
  },
});

/** The `epoch` events of one run. */
function epochsOf(architecture, seed) {
  const job = `--data ${values.data} --architecture ${architecture} --epochs ${values.epochs}`;
  const flags = `${job} --seed ${seed} --initial ${values.initial}`.split(' ');
  const more = ['--no-output', '--ui', 'none', '--events', '-', '--loss-every', '3000', '--sample-every', '90000'];
  const { stdout, stderr, status } = spawnSync(process.execPath, [MILLRACE, 'train', ...flags, ...more], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  console.error(
    `${architecture}, seed ${seed}: ${events.at(-1).status}, ${(events.at(-1).durationMs / 1000).toFixed(1)} s`,
  );
  return events.filter(({ type }) => type === 'epoch');
}

const peer = values.peer === undefined ? {} : JSON.parse(readFileSync(values.peer, 'utf8'));
const row = (...cells) => `| ${cells.join(' | ')} |`;

for (const architecture of values.architectures.split(',')) {
  const seeds = values.seeds.split(',');
  const runs = seeds.map((seed) => epochsOf(architecture, seed));
  // Known losses first, where there are any.
  const known = {
    notebook: runs[0].map((epoch) => epoch.notebookLoss),
    PyTorch: peer[architecture]?.map(([loss]) => loss),
  };
  const columns = Object.entries(known).filter(([, losses]) => losses?.[0] !== undefined);
  const all = [
    ...columns,
    ...seeds.map((seed, at) => [`seed ${seed}`, runs[at].map(({ printedLoss }) => printedLoss)]),
  ];
  console.log(`\n### ${architecture}\n`);
  console.log(row('epoch', ...all.map(([name]) => name)));
  console.log(row('---', ...all.map(() => '---')));
  for (const [index, { epoch }] of runs[0].entries())
    console.log(row(epoch, ...all.map(([, losses]) => losses[index].toFixed(4))));
  console.log(row('test MSE', ...columns.map(() => ''), ...runs.map((run) => run.at(-1).testLoss.toFixed(6))));
}
