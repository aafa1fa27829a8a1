// Runs of other tools on the command line: folders, pipes, and what is none.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { eventFileBytes } from '../../tracking/eventBytes.js';
import { millrace, millraceReading } from '../millrace.js';
import { programInside } from '../programInside.js';

const folder = temporaryFolder();
const runs = join(import.meta.dirname, '../../fixtures/tracking');

test('a folder shows each run in it, by its place, and says how many more there are', async () => {
  const { code, stdout, stderr } = await millrace(folder, 'watch', '--once', '--size', '160x50', runs);
  expect(code).toBe(0);
  expect(stdout).toContain('━ lightning/csv/version_0');
  expect(stderr).toContain(`10 runs lie in ${runs}: the 8 that were written last are shown`);
});

test('runs of other tools stand beside those of Millrace', async () => {
  const ours = join(import.meta.dirname, '../../fixtures/run.ndjson');
  const { code, stdout } = await millrace(folder, 'watch', '--once', ours, join(runs, 'keras/training.csv'));
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('training.csv') });
});

test.each([
  ['an event file', eventFileBytes(3), 'loss 0 at step 0'],
  ['a compressed one', gzipSync(eventFileBytes(3)), 'loss 0 at step 0'],
  ['a run of W&B', readFileSync(join(runs, 'wandb/failed/run-fixture.wandb')), 'failed'],
  ['compressed events', gzipSync(readFileSync(join(runs, '../run.ndjson'))), 'epoch 1'],
])('%s comes through a pipe', async (_, bytes, line) => {
  const program = programInside(folder, ['watch', '-']);
  program.stdin.end(bytes);
  expect(await program.finished).toBe(0);
  expect(program.stderr.text).toContain(line);
});

test.each([
  ['a table of data', 'a,b\n1,2\n', 'a table without a column of steps or epochs: "a,b"'],
  ['a text', 'dear diary\n', 'text: "dear diary"'],
  ['a picture', '\x89PNG\r\n\x1a\n\0\0\0\0', 'a PNG image'],
])('%s is no run, in one sentence', async (name, content, likeness) => {
  writeFileSync(join(folder, name), Buffer.from(content, 'latin1'));
  const { code, stderr } = await millrace(folder, 'watch', name);
  expect(code).toBe(1);
  expect(stderr).toContain(
    `${name}: this is no record of a run but ${likeness}. Read are events of Millrace, event files`,
  );
  expect(stderr.trimEnd()).not.toContain('\n');
});

test('a folder without a run says what was looked for', async () => {
  mkdirSync(join(folder, 'empty/inside'), { recursive: true });
  const { code, stderr } = await millrace(folder, 'watch', 'empty');
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('*tfevents*, *.wandb, trainer_state') });
});

test.each([['--once'], ['--speed', 'max']])('escapes in names never reach the terminal: %s', async (...args) => {
  const line = '{"step":1,"\\u001b]0;x\\u0007red":2}\n';
  const { stdout, stderr } = await millraceReading(line, folder, 'watch', ...args, '-');
  expect(stdout + stderr).toContain('red');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
  expect(stdout + stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
});
