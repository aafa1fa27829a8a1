import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MillraceEvent } from '../../../src/events/schema.js';
import { readRun } from '../../../src/run/folder/readRun.js';
import { bytesOf } from '../../dashboard/replay/recordings.js';
import { recordedRun } from '../../fixtures/events.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { steeredRun, tinyData } from '../interrupted.js';

const root = temporaryFolder();

test('tells configuration, epochs, checkpoints and end of a run', async () => {
  const output = join(root, 'kept');
  await steeredRun({ ...tinyData(root), epochs: 2, name: 'kept one', output });
  const record = await readRun(output);
  expect(record).toMatchObject({
    name: 'kept one',
    state: 'completed',
    run: { config: { epochs: 2, output } },
    epochs: [
      { epoch: 1, step: 3 },
      { epoch: 2, step: 6 },
    ],
    end: { status: 'completed', steps: 6 },
  });
  expect(record.checkpoints.map(({ file, step }) => [file, step])).toEqual([
    ['step-00000000.safetensors', 0],
    ['step-00000003.safetensors', 3],
    ['model.safetensors', 6],
  ]);
  expect(record.checkpoints.every(({ bytes }) => bytes > 1000)).toBe(true);
});

test('a rollback takes epochs back; a run that goes on has not ended', async () => {
  const events = [...recordedRun({ epochs: 2 })];
  const [first, last] = [events[0]!, events.at(-1)!];
  const goesBack = { ...last, type: 'command', action: 'rollback', from: 'rule', step: 100, epoch: 1 } as MillraceEvent;
  const path = join(root, 'events.ndjson');
  writeFileSync(path, bytesOf([...events, { ...first, seq: last.seq + 1 }, { ...goesBack, seq: last.seq + 2 }]));
  const { epochs, end } = await readRun(path);
  expect([epochs.map(({ epoch }) => epoch), end]).toEqual([[1], undefined]);
});

test('a file elsewhere has no checkpoints; one without a run is a sentence', async () => {
  const path = join(root, 'copy.ndjson');
  writeFileSync(path, bytesOf([...recordedRun({ epochs: 1 })]));
  expect(await readRun(path)).toMatchObject({ state: 'completed', checkpoints: [] });
  mkdirSync(join(root, 'empty'));
  writeFileSync(join(root, 'empty', 'events.ndjson'), '');
  await expect(readRun(join(root, 'empty'))).rejects.toThrow(/there is no event of a run in it\./);
  await expect(readRun(join(root, 'absent'))).rejects.toThrow(/absent: there is no run\./);
});
