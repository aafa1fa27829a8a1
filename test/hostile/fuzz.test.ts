import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('bench/fuzz.js tries every parser, finds nothing, and the same again for the same seed', () => {
  const fuzz = () =>
    spawnSync(process.execPath, ['bench/fuzz.js', '--inputs', '30', '--seed', '3'], { encoding: 'utf8' });
  const { status, stdout, stderr } = fuzz();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [table, refusals] = stdout.split('\n\n');
  expect(table!.split('\n').map((row) => row.split(/ +/).slice(0, 2))).toEqual([
    ['parser', 'inputs'],
    ...[
      'idx',
      'gzip',
      'idxFile',
      'safetensors',
      'weights',
      'checkpoint',
      'architecture',
      'events',
      'commands',
      'comparison',
      'screen',
    ].map((name) => [name, '30']),
  ]);
  expect(fuzz().stdout.split('\n\n')[1]).toBe(refusals);
}, 60_000);
