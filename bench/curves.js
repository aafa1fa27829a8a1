// The notebook's 30 epochs with several seeds: 20 × train loss epoch by epoch beside the notebook's, test loss at the end.
// Prints the Markdown of docs/RESULTS.md.
//
//   node bench/curves.js --data FOLDER [--architectures transpose,upsample] [--seeds 1,2,3] [--epochs 30]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const MILLRACE = fileURLToPath(new URL('../bin/millrace.js', import.meta.url));
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'mnist' },
    architectures: { type: 'string', default: 'transpose,upsample' },
    seeds: { type: 'string', default: '1,2,3' },
    epochs: { type: 'string', default: '30' },
  },
});

/** The `epoch` events of one run. */
function epochsOf(architecture, seed) {
  const flags = `--data ${values.data} --architecture ${architecture} --seed ${seed} --epochs ${values.epochs}`.split(
    ' ',
  );
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

const row = (...cells) => `| ${cells.join(' | ')} |`;

for (const architecture of values.architectures.split(',')) {
  const seeds = values.seeds.split(',');
  const runs = seeds.map((seed) => epochsOf(architecture, seed));
  const hasNotebook = runs[0][0].notebookLoss !== undefined;
  console.log(`\n### ${architecture}\n`);
  console.log(row('epoch', ...(hasNotebook ? ['notebook'] : []), ...seeds.map((seed) => `seed ${seed}`)));
  console.log(row('---', ...(hasNotebook ? ['---'] : []), ...seeds.map(() => '---')));
  for (const [index, { epoch, notebookLoss }] of runs[0].entries())
    console.log(
      row(
        epoch,
        ...(hasNotebook ? [notebookLoss.toFixed(4)] : []),
        ...runs.map((run) => run[index].printedLoss.toFixed(4)),
      ),
    );
  console.log(row('test MSE', ...(hasNotebook ? [''] : []), ...runs.map((run) => run.at(-1).testLoss.toFixed(6))));
}
