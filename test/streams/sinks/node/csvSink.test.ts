import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MillraceEvent } from '../../../../src/events/schema.js';
import { createStamp } from '../../../../src/events/stamp.js';
import { csvSink } from '../../../../src/streams/sinks/node/csvSink.js';
import { recordedRun } from '../../../fixtures/events.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

const folder = temporaryFolder();
const stamp = createStamp({ run: 'mine', elapsedMs: () => 7 });

async function write(name: string, events: Iterable<MillraceEvent>): Promise<string> {
  const path = join(folder, name);
  const sink = await csvSink(path);
  for (const event of events) await sink.write(event);
  await sink.close();
  return path;
}

function rowsOf(path: string): string[][] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((row) => row.split(','));
}

test('has a row for each loss and for each epoch, with the bits of their numbers', async () => {
  const events = [...recordedRun({ epochs: 2, stepsPerEpoch: 50 })];
  const path = await write('losses.csv', events);
  const [names, ...losses] = rowsOf(path);
  expect(names).toEqual(['step', 'epoch', 'loss', 'learningRate', 'items', 'elapsedMs']);
  expect(losses.map(([step, , loss]) => [Number(step), Number(loss)])).toEqual(
    events.flatMap((event) => (event.type === 'loss' ? [[event.step, event.loss]] : [])),
  );
  const [epochNames, ...epochs] = rowsOf(join(folder, 'losses-epochs.csv'));
  expect(epochNames).toContain('testLoss');
  expect(epochs.map(([epoch]) => epoch)).toEqual(['1', '2']);
  expect(existsSync(join(folder, 'losses-metrics.csv'))).toBe(false);
});

test('leaves empty what there is not, says NaN, and quotes names', async () => {
  const epoch = { trainLoss: Number.NaN, printedLoss: 1, imagesPerSecond: 2, durationMs: 3 };
  await write('odd', [
    stamp({ type: 'epoch', ...epoch }, { epoch: 1, step: 5 }),
    stamp({ type: 'metric', name: 'a, "b"', value: Number.POSITIVE_INFINITY }, { epoch: 1, step: 5 }),
  ]);
  expect(readFileSync(join(folder, 'odd-epochs'), 'utf8').split('\n')[1]).toBe('1,5,NaN,,2,3,7');
  expect(readFileSync(join(folder, 'odd-metrics'), 'utf8').split('\n')[1]).toBe('5,1,"a, ""b""",,Infinity,');
  // No loss was told.
  expect(existsSync(join(folder, 'odd'))).toBe(false);
});

test('refuses a table that is there, and then makes none', async () => {
  writeFileSync(join(folder, 'there-metrics.csv'), 'mine');
  await expect(csvSink(join(folder, 'there.csv'))).rejects.toMatchObject({ code: 'SINK_EXISTS' });
  expect(existsSync(join(folder, 'there.csv'))).toBe(false);
  await expect(csvSink('/dev/null')).rejects.toMatchObject({ code: 'SINK_UNWRITABLE', path: '/dev/null' });
  await expect(csvSink(join(folder, 'absent', 'x.csv'))).rejects.toMatchObject({ code: 'SINK_UNWRITABLE' });
  await expect(csvSink('-')).rejects.toMatchObject({ code: 'OPTION' });
});
