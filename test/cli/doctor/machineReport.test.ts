import { expect, test } from 'vitest';
import type { MachineFinding } from '../../../src/cli/doctor/machine.js';
import { machineReport } from '../../../src/cli/doctor/machineReport.js';

const MACHINE: MachineFinding = {
  version: '1.2.3',
  node: '20.9.0',
  platform: 'linux',
  cpu: 'x64',
  cores: 16,
  engines: [
    { name: 'simd', backend: 'wasm-simd', available: true, threads: 4 },
    { name: 'tfjs', backend: 'tensorflow', available: false, reason: 'it\u001b[2J does not load' },
    { name: 'tfjs', backend: 'cpu', available: true, threads: 1 },
  ],
  defaultEngine: { name: 'simd', backend: 'wasm-simd', available: true, threads: 4, reason: 'the fastest' },
  terminal: {
    stdout: true,
    stderr: false,
    columns: 80,
    rows: 24,
    color: 3,
    glyphs: 'ascii',
    ui: 'plain',
    reason: 'so',
  },
  data: { name: 'mnist', available: true, source: '/data', items: 60_000, testItems: 10_000, sample: false },
};
const report = (change: Partial<MachineFinding> = {}): string => machineReport({ ...MACHINE, ...change }).join('\n');

test('says of each engine whether it runs, on how many threads, and why not', () => {
  expect(report()).toMatch(/^ {2}simd +runs on 4 threads, the most it takes$/m);
  expect(report()).toMatch(/^ {2}tfjs tensorflow +does not run: it\\x1b\[2J does not load$/m);
  expect(report()).toMatch(/^ {2}tfjs cpu +runs on 1 thread$/m);
});

test('says what train takes, each reason on a line of its own', () => {
  expect(report()).toMatch(/^ {2}train takes +simd: the fastest$/m);
  const reason = 'not simd, since it is missing; the best that loads';
  const defaultEngine = { name: 'tfjs', backend: 'cpu', available: true, threads: 1, reason } as const;
  expect(report({ defaultEngine })).toMatch(/^ {2}train takes +tfjs cpu: not simd, since it is missing\n +the best/m);
  expect(report({ defaultEngine: { available: false, reason: 'broken' } })).toMatch(/train takes +nothing: broken$/m);
});

test('says what the terminal can show', () => {
  expect(report()).toMatch(
    /size +80×24\n +colours +true colour\n +characters +ascii\n +train shows +plain lines: so$/m,
  );
});

test('says where the data are, how to get them, or what is wrong with them', () => {
  expect(report()).toMatch(/mnist +60,000 training and 10,000 test images\n +kept in +\/data$/);
  const sample = { ...MACHINE.data, source: 'embedded sample', items: 10_000, sample: true } as MachineFinding['data'];
  expect(report({ data: sample })).toMatch(/mnist +not here; train fetches it[\s\S]*the embedded sample: 10,000/);
  expect(report({ data: { name: 'mnist', available: false, reason: 'no such folder' } })).toMatch(/no such folder$/);
});
