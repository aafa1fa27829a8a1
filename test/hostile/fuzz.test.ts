import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { wholeTest } from '../fixtures/laws.js';

const INPUTS = '30';

function fuzz(...parser: string[]) {
  const flags = ['--inputs', INPUTS, '--seed', '3', ...parser];
  return spawnSync(process.execPath, ['bench/fuzz.js', ...flags], { encoding: 'utf8' });
}

wholeTest(
  'bench/fuzz.js tries every parser, and finds nothing',
  () => {
    const { status, stdout, stderr } = fuzz();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [table, refusals] = stdout.split('\n\n');
    expect(table!.split('\n').map((row) => row.split(/ +/).slice(0, 2))).toEqual([
      ['parser', 'inputs'],
      ...[
        'idx',
        'gzip',
        'idxFile',
        'image',
        'imageBySharp',
        'tar',
        'npy',
        'npyStream',
        'npz',
        'cifar',
        'csv',
        'csvStream',
        'parquet',
        'rawFrames',
        'safetensors',
        'weights',
        'checkpoint',
        'architecture',
        'events',
        'commands',
        'comparison',
        'options',
        'eventFile',
        'wandb',
        'trainerState',
        'jsonLines',
        'csvTable',
        'screen',
      ].map((name) => [name, INPUTS]),
    ]);
    expect(refusals).toMatch(/^architecture /m);
  },
  60_000,
);

wholeTest('bench/fuzz.js tries the same inputs for the same seed', () => {
  const [one, again] = [1, 2].map(() => fuzz('--parser', 'architecture').stdout.split('\n\n')[1]);
  expect(again).toMatch(/^architecture /m);
  expect(again).toBe(one);
});
