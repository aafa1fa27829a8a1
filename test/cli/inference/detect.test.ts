import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { encodeIdx } from '../../../src/data/idx/encoder.js';
import { openModel } from '../../../src/inference/node/openModel.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { fakeTerminal } from '../../tui/fakeTerminal.js';
import { millrace, millraceReading, start } from '../millrace.js';
import { programInside } from '../programInside.js';
import { ITEMS, LABELS, PIXELS, trainTiny } from './trainedModel.js';

const folder = temporaryFolder();
const model = ['--model', 'run', '--threads', '1'];
const detect = (...flags: string[]) => millrace(folder, 'detect', ...flags, ...model);
let losses: Float32Array;
beforeAll(async () => {
  await trainTiny(folder, '--output', 'run');
  const opened = await openModel(join(folder, 'run'), { threads: 1 });
  losses = opened.score(PIXELS);
  opened.dispose();
});
const found = (text: string): number[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { index: number }).index);
const highest = (count: number): number[] =>
  [...losses.keys()].sort((one, other) => losses[other]! - losses[one]!).slice(0, count);

test('prints a line for each image that is above most of the normal ones', async () => {
  const { code, stdout, stderr } = await detect('.', '--fit', 'images.idx', '--quantile', '0.9', '--batch-size', '7');
  const threshold = losses.toSorted()[Math.ceil(0.9 * ITEMS) - 1]!;
  const [first, second] = stderr.split('\n');
  expect(Number(/^Threshold (\S+): 90 % of 60 normal images are below\.$/.exec(first!)?.[1])).toBeCloseTo(threshold, 3);
  expect([code, second]).toEqual([0, '6 of 60 images are above it.']);
  expect(found(stdout)).toEqual(highest(6).toSorted((one, other) => one - other));
  const [line] = stdout.split('\n');
  const { index } = JSON.parse(line!) as { index: number };
  expect(JSON.parse(line!)).toEqual({ index, label: LABELS[index], loss: expect.closeTo(losses[index]!, 6) });
});

test('says how well the errors tell normal images from others, and fits on the normal ones alone', async () => {
  const { stderr } = await detect('.', '--fit', '.', '--normal-label', '2');
  const pairs = [...losses].flatMap((other, at) =>
    LABELS[at] === 2 ? [] : [...losses].filter((_, normal) => LABELS[normal] === 2).map((loss) => Number(other > loss)),
  );
  const area = pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
  expect(stderr).toContain('99 % of 20 normal images');
  const [, actual] = /ROC-AUC (\S+): 20 images with the label 2 and 40 others\.\n$/.exec(stderr) ?? [];
  expect(Number(actual)).toBeCloseTo(area, 2);
});

test('has no ROC-AUC where there are no labels', async () => {
  const { stdout, stderr } = await millraceReading(
    PIXELS,
    folder,
    ...['detect', '-', '--fit', 'images.idx', '--normal-label', '2', '--quantile', '0.9', ...model],
  );
  expect(stderr).toContain('No ROC-AUC: there are 0 images with the label 2 and 0 others.');
  expect(found(stdout)).toEqual(highest(6).toSorted((one, other) => one - other));
});

test('prints what it sees in a stream while the stream goes on', async () => {
  const lowest = losses.indexOf(Math.min(...losses));
  const [known, unknown] = [PIXELS.subarray(16 * lowest, 16 * (lowest + 1)), PIXELS.subarray(16 * highest(1)[0]!)];
  writeFileSync(join(folder, 'known.idx'), encodeIdx([1, 4, 4], known));
  const { child, finished } = start(folder, 'detect', '-', '--fit', 'known.idx', ...model);
  let seen = '';
  child.stdout.on('data', (text: string) => {
    seen += text;
  });
  for (const frame of [known, known, unknown.subarray(0, 16)]) child.stdin.write(frame);
  await vi.waitFor(() => expect(seen).toMatch(/^\{"index":2,"loss":\S+\}\n$/), { timeout: 15_000, interval: 20 });
  child.kill('SIGINT');
  expect(await finished).toMatchObject({ code: 130 });
});

test.each([
  [['--fit', '-'], /--fit: expected a file or a folder/],
  [['--fit', 'x', '--quantile', '99'], /--quantile: expected a number above 0, at most 1/],
  [['--fit', 'x', '--normal-label', 'seven'], /--normal-label: expected a label/],
  [[], /required option '--fit/],
])('refuses %j before anything is opened', async (flags, message) => {
  const { code, stderr } = await detect('absent', ...flags);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});

test('says that no image is normal', async () => {
  const { code, stderr } = await detect('.', '--fit', '.', '--normal-label', '9');
  expect([code, stderr]).toEqual([1, expect.stringContaining('expected normal images, with the label 9')]);
});

test('draws a stream on a terminal; at the end its lines stand there', { timeout: 30_000 }, async () => {
  const terminal = fakeTerminal(80, 24);
  const args = ['detect', '-', '--fit', 'images.idx', '--quantile', '0.9', '--batch-size', '60', ...model];
  const environment = { TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  const { stdin, stdout, stderr, finished } = programInside(folder, args, environment, () => terminal);
  Object.assign(stdout, { isTTY: true });
  stdin.write(PIXELS);
  await expect.poll(async () => (await terminal.screen())[0], { timeout: 20_000 }).toContain('6 of 60');
  expect([await terminal.onAlternateScreen(), stdout.text]).toEqual([true, '']);
  terminal.type('q');
  expect(await finished).toBe(0);
  expect([await terminal.onAlternateScreen(), terminal.closed]).toEqual([false, true]);
  expect(found(stdout.text)).toEqual(highest(6).toSorted((one, other) => one - other));
  expect(stderr.text).toMatch(/6 of 60 images are above it\.\n$/);
});
