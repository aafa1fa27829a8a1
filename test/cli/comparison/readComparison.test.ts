import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { comparisonNotice } from '../../../src/cli/comparison/comparisonNotice.js';
import { readComparison } from '../../../src/cli/comparison/readComparison.js';
import { baselineOf } from '../../../src/dashboard/comparison.js';
import { valueAt } from '../../../src/dashboard/history/readHistory.js';
import { initialState, reduceAll } from '../../../src/dashboard/state.js';
import { RunError } from '../../../src/errors.js';
import { encodeEvent } from '../../../src/events/ndjson.js';
import type { RunEvent } from '../../../src/events/schema.js';
import { recordedRun } from '../../fixtures/events.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const folder = temporaryFolder();

function written(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const recorded = [...recordedRun({ epochs: 2, stepsPerEpoch: 10 })];
const lines = recorded.map(encodeEvent).join('');

/** The recorded run, trained with a loss. */
function runOf(loss: string): RunEvent {
  const run = recorded[0] as RunEvent;
  return { ...run, config: { ...run.config, loss } };
}

test('an earlier run is read step by step and epoch by epoch, from its folder or its file', async () => {
  mkdirSync(join(folder, 'kept'));
  const file = written('kept/events.ndjson', lines);
  for (const path of [join(folder, 'kept'), file]) {
    const { name, curves } = await readComparison(path);
    expect([name, curves[0]?.epochs.map(({ epoch }) => epoch), curves[0]?.history?.lastStep]).toEqual([
      'kept',
      [1, 2],
      20,
    ]);
  }
});

test('of a run that is still being written the whole lines are read', async () => {
  const torn = written('torn.ndjson', lines.slice(0, lines.lastIndexOf('"type":"loss"') + 20));
  const { curves } = await readComparison(torn);
  expect(valueAt(curves[0]!.history!, 19)?.to).toBe(19);
});

test('a JSON list is taken as the notebook prints it, and it is said', async () => {
  const comparison = await readComparison(written('printed.json', '[0.5, 0.25]'));
  const epochs = [
    { epoch: 1, loss: 0.5 },
    { epoch: 2, loss: 0.25 },
  ];
  expect(comparison).toEqual({ name: 'printed', curves: [{ epochs, timesBatchSize: true }] });
  expect(comparisonNotice(comparison, runOf('mse'))).toBe(
    'printed: taken as the notebook prints its losses, and divided by the batch size',
  );
});

const table =
  '{"source": "elsewhere", "columns": ["a", "b"], "transpose": [[0.4, 0.02, 0.011]], "denoise": [[1, 0.05, 0.06]]}';

test('tables by network give a curve each, as mean squared errors', async () => {
  const comparison = await readComparison(written('curves.json', table), 'denoise');
  expect(comparison.curves).toEqual([
    { architecture: 'transpose', epochs: [{ epoch: 1, loss: 0.02 }] },
    { architecture: 'denoise', epochs: [{ epoch: 1, loss: 0.05 }] },
  ]);
  expect(comparisonNotice(comparison, runOf('mse'))).toBeUndefined();
});

test('a byte order mark is no matter, before a list and before the events of a run', async () => {
  const bare = await readComparison(written('bare.json', '[0.5, 0.25]'));
  expect((await readComparison(written('marked.json', '\uFEFF[0.5, 0.25]'))).curves).toEqual(bare.curves);
  const run = await readComparison(written('bare.ndjson', lines));
  expect((await readComparison(written('marked.ndjson', `\uFEFF${lines}`))).curves).toEqual(run.curves);
});

test('none compares with nothing', async () => {
  expect(await readComparison('none')).toEqual({ name: 'none', curves: [] });
});

test.each([
  [
    'a list whose length is not a number',
    () => written('length.json', '{"length":{"toString":null}}'),
    /found something else/,
  ],
  ['lists without end', () => written('deep.json', '['.repeat(1_000_000)), /found something else/],
  ['a missing file', () => join(folder, 'absent.json'), /absent\.json: there is no such file/],
  ['a folder without a run', () => folder, /events\.ndjson: there is no such file/],
  [
    'text',
    () => written('text.json', 'hello'),
    /expected the events of a run, a JSON list of losses .*found something else/,
  ],
  ['UTF-16', () => written('utf16.json', Buffer.from('\uFEFF[0.5]', 'utf16le')), /found text in UTF-16/],
  ['an empty list', () => written('empty.json', '[]'), /found something else/],
  ['a list of words', () => written('words.json', '["a"]'), /found something else/],
  ['a run without a loss', () => written('begun.ndjson', lines.slice(0, lines.indexOf('\n') + 1)), /has no loss yet/],
])('%s is refused with a sentence', async (_, path, message) => {
  const error: unknown = await readComparison(path()).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RunError);
  expect((error as RunError).message).toMatch(message);
});

test('a file without a curve of the network is refused, and says which there are', async () => {
  await expect(readComparison(written('others.json', table), 'upsample')).rejects.toThrow(
    'expected a curve of the network upsample, found transpose, denoise',
  );
});

test('a run of another loss is compared by its mean squared error, in a sentence and not in the chart', async () => {
  const other = written('other.ndjson', [runOf('bce'), ...recorded.slice(1)].map(encodeEvent).join(''));
  const comparison = await readComparison(other);
  expect(comparisonNotice(comparison, runOf('mse'))).toBe(
    "other: its loss is bce, and this run's is mse: the two cannot be compared, and it says no mean squared error of test images",
  );
  const plain = await readComparison(written('plain.ndjson', lines));
  expect(comparisonNotice(plain, runOf('mse+0.2*ssim'))).toMatch(
    /^plain: its loss is mse, and this run's is mse\+0\.2\*ssim: the two cannot be compared; by the mean squared error of test images it came to 0\.\d+ after epoch 2$/,
  );
  const state = (loss: string) => reduceAll(initialState, [runOf(loss), ...recorded.slice(1)]);
  expect(baselineOf(state('mse'), { comparison })).toBeUndefined();
  expect(baselineOf(state('bce'), { comparison })?.name).toBe('other');
});
