import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { pngSink } from '../../../../src/streams/sinks/node/pngSink.js';
import { recordedRun } from '../../../fixtures/events.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

const folder = join(temporaryFolder(), 'samples');
const events = [...recordedRun({ epochs: 1, stepsPerEpoch: 50 })];

test('has a picture for each sample, by its step; another run is refused, the same one goes on', async () => {
  const sink = await pngSink(folder);
  for (const event of events) await sink.write(event);
  await sink.close();
  expect(readdirSync(folder)).toEqual(['step-00000000.png', 'step-00000050.png']);
  expect(decode(readFileSync(join(folder, 'step-00000050.png')))).toMatchObject({ width: 298, height: 58 });
  await expect(pngSink(folder)).rejects.toMatchObject({ code: 'SINK_EXISTS', path: folder });
  await (await pngSink(folder, { resumed: true })).close();
});

test('fails with one sentence where its folder has gone', async () => {
  const sink = await pngSink(folder, { resumed: true });
  rmSync(folder, { recursive: true });
  const writing = Promise.all(events.map((event) => sink.write(event)));
  await expect(writing).rejects.toMatchObject({ code: 'FILE_UNWRITABLE', actual: 'no such file or folder' });
});
