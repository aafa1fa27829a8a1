// Data that change or end under a run, in real processes.
import { readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { encodeIdxHeader } from '../../src/data/idx/encoder.js';
import { eventsOf, millraceReading, tinyJob } from '../cli/millrace.js';
import { isWhole, wholeTest } from '../fixtures/laws.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { begun, endAll, filesIn, startFaulty } from './machine.js';

const folder = temporaryFolder();
const tiny = tinyJob(folder);
const flags = ['--architecture', 'tiny.json', '--threads', '1', '--ui', 'none'];
const events = (run: string): string => join(folder, run, 'events.ndjson');
const lastEvent = (run: string) => eventsOf(readFileSync(events(run), 'utf8')).at(-1);
afterEach(endAll);

/** 20 million images of 16 bytes, which are read in place; they take no room on the disk, and an epoch of them many seconds. */
function manyImages(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, encodeIdxHeader('uint8', [20_000_000, 4, 4]));
  truncateSync(path, 16 + 16 * 20_000_000);
  return path;
}

wholeTest('a data file that is cut while it trains ends the run with the place, and keeps the model', async () => {
  const path = manyImages('cut');
  const { finished } = startFaulty(folder, {}, 'train', '--data', 'cut', ...flags, '--output', 'run-cut');
  await begun(events('run-cut'));
  truncateSync(path, 100);
  expect(await finished).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^millrace: cut: byte \d+: expected 20000000 items of 16 bytes, found .*\n$/),
  });
  expect(lastEvent('run-cut')).toMatchObject({ type: 'end', status: 'failed', error: { code: 'IDX_TRUNCATED' } });
  expect(filesIn(join(folder, 'run-cut'))).toEqual(['events.ndjson', 'model.safetensors']);
});

const changes = [
  { change: 'deleted', act: (path: string) => rmSync(path) },
  { change: 'replaced', act: (path: string) => renameSync(manyImages('other'), path) },
];

test.runIf(isWhole).each(changes)(
  'a data file that is $change while it trains stays open, and the run ends as it would have',
  async ({ change, act }) => {
    const path = manyImages(change);
    const large = ['train', '--data', change, ...flags, '--limit', '20000', '--loss-every', '100', '--epochs', '2'];
    const run = `run-${change}`;
    const { finished } = startFaulty(folder, {}, ...large, '--output', run);
    await begun(events(run), 'loss');
    act(path);
    expect(await finished).toMatchObject({ code: 0, stderr: '' });
    expect(lastEvent(run)).toMatchObject({ type: 'end', status: 'completed', steps: 2000 });
  },
);

wholeTest('a small data file may go as soon as it trains: it lies in memory', async () => {
  const { child, finished } = startFaulty(
    folder,
    {},
    'train',
    ...tiny,
    '--epochs',
    '10000000',
    '--ui',
    'none',
    '--output',
    'small',
  );
  await begun(events('small'));
  rmSync(join(folder, 'tiny-idx3-ubyte'));
  child.kill('SIGTERM');
  expect(await finished).toMatchObject({ code: 0, stderr: '' });
  tinyJob(folder);
});

describe('a stdin that is closed', () => {
  test.each([
    ['before anything came', 0, /stdin: expected .*an IDX file.*, found nothing, not one byte/],
    ['in the header', 7, /stdin: .*header/],
    ['in the middle of an image', 1000, /stdin: byte 992: expected 200 items .* found 61 whole items and 8 bytes/],
  ])('%s ends the run with one sentence', async (_, bytes, sentence) => {
    const input = readFileSync(join(folder, 'tiny-idx3-ubyte')).subarray(0, bytes);
    const { code, stderr } = await millraceReading(input, folder, 'train', '--data', '-', ...flags, '--no-output');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(sentence) });
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});
