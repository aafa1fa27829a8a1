import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { cases } from '../fixtures/laws.js';

const INPUTS = String(cases(30, 10));

test('bench/fuzz.js tries every parser, finds nothing, and the same again for the same seed', () => {
  const fuzz = (...parser: string[]) =>
    spawnSync(process.execPath, ['bench/fuzz.js', '--inputs', INPUTS, '--seed', '3', ...parser], { encoding: 'utf8' });
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
      'screen',
    ].map((name) => [name, INPUTS]),
  ]);
  const ofArchitecture = (table?: string) =>
    table?.split('\n').flatMap((row) => (row.startsWith('architecture ') ? [row.split(/ +/)] : []));
  const again = ofArchitecture(fuzz('--parser', 'architecture').stdout.split('\n\n')[1]);
  expect(again).toEqual(ofArchitecture(refusals));
  expect(again).not.toEqual([]);
}, 60_000);
