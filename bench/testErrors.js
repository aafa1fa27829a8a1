// How a training does on images that it does not learn from.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MILLRACE = fileURLToPath(new URL('../bin/millrace.js', import.meta.url));
const SILENT = '--no-output --ui none --events - --loss-every 3000 --sample-every 90000'.split(' ');

/** `parameters` of the network, and `errors`: test MSE after each epoch of `millrace train` with these flags, on one thread. */
export function train(flags) {
  const given = [MILLRACE, 'train', '--threads', '1', '--shuffle', ...SILENT, ...flags];
  const { stdout, stderr, status } = spawnSync(process.execPath, given, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${flags.join(' ')}: ${stderr}`);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const metrics = events.filter(({ type, name, split }) => type === 'metric' && name === 'mse' && split === 'test');
  const measured = metrics.length > 0 ? metrics : events.filter(({ type }) => type === 'epoch');
  return {
    parameters: events.find(({ type }) => type === 'run').parameters,
    errors: measured.map(({ value, testLoss }) => value ?? testLoss),
  };
}
