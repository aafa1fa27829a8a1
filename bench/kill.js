// kill -9 at random moments of runs of their own: each is resumed, and has to come to the bits of one that nothing disturbs.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeIdx, loadCheckpoint } from '../dist/exports/index.js';
import { uniform } from '../dist/random.js';
import { finish, startRun } from './kill/process.js';

const USAGE = `Usage: node bench/kill.js [options]
  --times N   runs that are killed once each (default: 100)
  --seed N    decides the moments (default: 1)`;

const ITEMS = 100;
/** The network `transpose`: a second's worth of steps of half a millisecond. */
const JOB = ['train', '--data', 'images-idx3-ubyte', '--threads', '1', '--epochs', '300'];
const FLAGS = ['--shuffle', '--noise', '0.2', '--checkpoint-every', '3', '--ui', 'none'];
/** After the first event. */
const LATEST_MS = 700;

async function main() {
  const { times, seed } = parseArgs({
    options: { times: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
  }).values;
  const folder = await mkdtemp(join(tmpdir(), 'millrace-kill-'));
  try {
    const pixels = Uint8Array.from({ length: ITEMS * 784 }, (_, at) => (at * 37) % 256);
    await writeFile(join(folder, 'images-idx3-ubyte'), encodeIdx([ITEMS, 28, 28], pixels));
    await finish(startRun(folder, [...JOB, ...FLAGS, '--output', 'whole']));
    const whole = await outcome(join(folder, 'whole'));
    const trials = [];
    const random = uniform(Number(seed));
    for (let trial = 0; trial < Number(times); trial++) {
      trials.push(await killAndResume(folder, `run-${trial}`, whole, random));
      process.stderr.write(`\r${trial + 1} of ${times}`);
    }
    process.stderr.write('\n');
    process.stdout.write(table(trials));
    process.exitCode = trials.every(({ same }) => same) ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Kills one run somewhere between its first event and, about, its last, and resumes it. */
async function killAndResume(folder, output, whole, random) {
  const run = startRun(folder, [...JOB, ...FLAGS, '--output', output]);
  await run.begun;
  await Promise.race([new Promise((resolve) => setTimeout(resolve, LATEST_MS * random())), run.finished]);
  run.child.kill('SIGKILL');
  const { signal, code: before, stderr: said } = await run.finished;
  if (signal === null && before !== 0) throw new Error(`${output} could not run: ${said}`);
  const path = join(folder, output);
  const found = await traces(path);
  const began = performance.now();
  const { code, stderr } = await finish(startRun(folder, ['train', '--resume', output, '--ui', 'none']));
  const milliseconds = performance.now() - began;
  const after = await outcome(path).catch(String);
  const resumedAt = signal === null ? undefined : after.resumedAt;
  const same = code === 0 && after.text === whole.text;
  if (!same) process.stderr.write(`\n${output}: exit ${code}, ${stderr}\n`);
  await rm(path, { recursive: true, force: true });
  return { killed: signal !== null, ...found, resumedAt, milliseconds, same };
}

/** What a killed process has left behind. */
async function traces(path) {
  const names = await readdir(path);
  const events = await readFile(join(path, 'events.ndjson'), 'utf8');
  return {
    inCheckpoint: names.some((name) => name.endsWith('.partial')),
    inEvent: events !== '' && !events.endsWith('\n'),
  };
}

/** Everything that has to be the same: losses, epochs, weights, moments; and `seq` without a gap. */
async function outcome(path) {
  const lines = (await readFile(join(path, 'events.ndjson'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const told = lines.flatMap(({ type, step, loss, learningRate, trainLoss }) =>
    type === 'loss' || type === 'epoch' ? [{ type, step, loss, learningRate, trainLoss }] : [],
  );
  const { weights, optimizer } = await loadCheckpoint(join(path, 'model.safetensors'));
  const tensors = [weights, ...Object.values(optimizer.slots)].map((named) =>
    [...named].map(([name, { data }]) => [name, [...data]]),
  );
  const gapless = lines.every(({ seq }, index) => seq === index);
  const resumed = lines.findLast(({ type }) => type === 'run').resumedFrom;
  return { text: JSON.stringify([told, tensors, gapless]), resumedAt: resumed?.step };
}

function table(trials) {
  const killed = trials.filter((trial) => trial.killed);
  const count = (some) => killed.filter(some).length;
  const steps = killed.map(({ resumedAt }) => resumedAt).sort((one, other) => one - other);
  const times = killed.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  const middle = (numbers) => numbers[numbers.length >> 1];
  const rows = [
    ['runs', trials.length],
    ['killed before their end', killed.length],
    ['… while a checkpoint was being written', count(({ inCheckpoint }) => inCheckpoint)],
    ['… with a torn last event', count(({ inEvent }) => inEvent)],
    ['resumed at step, lowest · median · highest', `${steps[0]} · ${middle(steps)} · ${steps.at(-1)}`],
    ['resume and rest of the run, median', `${Math.round(middle(times))} ms`],
    ['came to the same bits', `${trials.filter(({ same }) => same).length} of ${trials.length}`],
  ];
  return rows.map(([name, value]) => `| ${name} | ${value} |\n`).join('');
}

main().catch((error) => {
  process.stderr.write(error.code?.startsWith('ERR_PARSE_ARGS') ? `${error.message}\n${USAGE}\n` : `${error.stack}\n`);
  process.exitCode = 1;
});
