import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { beforeAll, expect, test } from 'vitest';
import { encodeIdx } from '../../../src/data/idx/encoder.js';
import { openModel } from '../../../src/inference/node/openModel.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { millrace, millraceReading } from '../millrace.js';
import { ITEMS, LABELS, PIXELS, trainTiny } from './trainedModel.js';

const folder = temporaryFolder();
const evaluate = (...flags: string[]) =>
  millrace(folder, 'evaluate', '.', '--model', 'run', '--threads', '1', ...flags);
let losses: Float32Array;
beforeAll(async () => {
  await trainTiny(folder, '--output', 'run');
  const model = await openModel(join(folder, 'run'), { threads: 1 });
  losses = model.score(PIXELS);
  model.dispose();
});
const mean = (values: Iterable<number>): number => {
  const all = [...values];
  return all.reduce((sum, value) => sum + value, 0) / all.length;
};

test('prints error and PSNR, in all and by label', async () => {
  const { code, stdout } = await evaluate();
  const [title, head, all, ...labels] = stdout.trimEnd().split('\n');
  expect([code, title]).toEqual([0, 'run/model.safetensors (error: mse)']);
  expect(head).toMatch(/images +mean +median +95 % +99 % +PSNR +SSIM/);
  expect(all).toMatch(new RegExp(`^all +60 +${mean(losses).toPrecision(4)}`));
  expect(labels.map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
    ['label 0', '20'],
    ['label 1', '20'],
    ['label 2', '20'],
  ]);
});

test('lists and draws the worst', async () => {
  const { stdout, stderr } = await evaluate('--worst', '3', '--output', 'worst.png');
  expect(stderr).toBe('The 3 worst images, written to worst.png\n');
  const worst = losses.indexOf(Math.max(...losses));
  const [, row] = /PSNR +SSIM\n *(\d+ +\d+)/.exec(stdout.slice(stdout.indexOf('The worst'))) ?? [];
  expect(row?.split(/ +/).map(Number)).toEqual([worst, LABELS[worst]]);
  expect(decode(readFileSync(join(folder, 'worst.png'))).height).toBeGreaterThan(8);
});

test('writes one line an image, into a file or to stdout', async () => {
  const lines = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
  await evaluate('--each', 'each.ndjson', '--json');
  const { stdout, stderr } = await evaluate('--each', '-', '--batch-size', '9');
  expect(lines(stdout)).toEqual(lines(readFileSync(join(folder, 'each.ndjson'), 'utf8')));
  expect(lines(stdout)).toEqual(
    Array.from(losses, (loss, index) => ({ index, label: LABELS[index], loss: expect.closeTo(loss, 6) })),
  );
  expect(stderr).toContain('all');
});

test('is one JSON object where that is asked for', async () => {
  const { stdout } = await evaluate('--json', '--worst', '1', '--limit', '10');
  const { items, loss, lossName, labels, worst } = JSON.parse(stdout) as Record<string, unknown[]>;
  expect([items, lossName]).toEqual([10, 'mse']);
  expect(loss).toMatchObject({ mean: expect.closeTo(mean(losses.subarray(0, 10)), 6) });
  expect([labels?.length, worst?.length]).toEqual([3, 1]);
});

test('reads stdin, and says both shapes where images do not fit', async () => {
  const reading = (input: Uint8Array) =>
    millraceReading(input, folder, 'evaluate', '-', '--model', 'run', '--threads', '1', '--json');
  expect(JSON.parse((await reading(encodeIdx([ITEMS, 4, 4], PIXELS))).stdout)).toMatchObject({ items: ITEMS });
  const wrong = await reading(encodeIdx([4, 5, 6], new Uint8Array(120)));
  expect([wrong.code, wrong.stderr]).toEqual([
    1,
    expect.stringMatching(/expected images of 4×4×1, .*found 5×6×1 \(stdin\)\. .*--resize 4x4 --channels 1/),
  ]);
  writeFileSync(join(folder, 'wide.idx'), encodeIdx([2, 5, 6], new Uint8Array(60)));
  const file = await millrace(folder, 'evaluate', 'wide.idx', '--model', 'run');
  expect([file.code, file.stderr]).toEqual([1, expect.stringMatching(/4×4×1.*5×6×1 \(wide\.idx\)/)]);
});

test('refuses flags that do not go together', async () => {
  for (const flags of [
    ['--worst', '0'],
    ['--output', 'x.idx'],
    ['--each', '-', '--json'],
  ])
    expect((await evaluate(...flags)).code).toBe(2);
});
