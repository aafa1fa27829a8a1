import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export const USAGE = `Usage: node bench/engine.js [options]
  --data FOLDER    MNIST's files (train-images-idx3-ubyte.gz …); without it the embedded sample
  --only A,B       these groups of rows (--list names them); thirty-epochs runs only when named
  --rounds N       rounds, interleaved; medians are shown (default: 5)
  --seconds N      length of one measurement (default: 1.5)
  --quick          one round of 0.2 s each: whether everything runs, not how fast
  --json FILE      writes everything measured
  --list           names the groups
Python peers run with MILLRACE_PYTHON, else python3. bench/README.md says how to install peers.`;

/** The first 10,000 training images of MNIST. */
export const SAMPLE = fileURLToPath(new URL('../data/mnist-sample', import.meta.url));

/** A slip on the command line. */
export class UsageError extends Error {}

export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string', default: SAMPLE },
      only: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick } = values;
  return {
    ...values,
    data: resolve(values.data),
    only: values.only?.split(','),
    rounds: above0('--rounds', values.rounds ?? (quick ? 1 : 5)),
    seconds: above0('--seconds', values.seconds ?? (quick ? 0.2 : 1.5)),
    warmUpSeconds: quick ? 0.1 : 1,
    python: process.env.MILLRACE_PYTHON ?? 'python3',
  };
}

function above0(flag, text) {
  const value = Number(text);
  if (!(value > 0)) throw new UsageError(`${flag}: expected a number above 0, found ${text}`);
  return value;
}
