import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MillraceEvent } from '../../../src/events/schema.js';
import { summariseRun } from '../../../src/run/folder/runSummary.js';
import { bytesOf } from '../../dashboard/replay/recordings.js';
import { recordedRun } from '../../fixtures/events.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const path = join(temporaryFolder(), 'events.ndjson');
const NOW = Date.UTC(2026, 10, 24);

/** @param quietSeconds since it was last written to */
async function summaryOf(content: Buffer | string, quietSeconds = 3600) {
  writeFileSync(path, content);
  const written = new Date(NOW - quietSeconds * 1000);
  utimesSync(path, written, written);
  return summariseRun(path, NOW);
}

test('a finished run: its network, data, epochs, last losses, state and time', async () => {
  expect(await summaryOf(bytesOf(recordedRun()))).toEqual({
    network: 'transpose',
    data: 'mnist',
    sample: false,
    epochs: 3,
    epochsDone: 3,
    steps: 300,
    loss: expect.closeTo(0.014, 2),
    testLoss: expect.closeTo(0.0145, 3),
    state: 'completed',
    durationMs: 6000,
  });
});

test('a run without an end is running while it is written to, otherwise it was interrupted', async () => {
  const growing = bytesOf(recordedRun({ steps: 150, end: undefined }));
  expect(await summaryOf(growing, 2)).toMatchObject({ state: 'running', epochsDone: 1, steps: 150 });
  expect(await summaryOf(growing, 60)).toMatchObject({ state: 'interrupted' });
  expect(await summaryOf(growing.subarray(0, -20), 60)).toMatchObject({ state: 'interrupted', steps: 150 });
});

test.each(['stopped', 'diverged'] as const)('a run that has %s', async (end) => {
  expect(await summaryOf(bytesOf(recordedRun({ end, steps: 120 })))).toMatchObject({ state: end, epochsDone: 1 });
});

test('a run that was resumed after its end goes on', async () => {
  const events = [...recordedRun()];
  const first = events[0] as Extract<MillraceEvent, { type: 'run' }>;
  const resumed = { ...first, seq: events.length, step: 300, epoch: 3, epochs: 5, elapsedMs: 6000 };
  expect(await summaryOf(bytesOf([...events, resumed]), 2)).toMatchObject({
    state: 'running',
    epochs: 5,
    epochsDone: 3,
    steps: 300,
  });
});

test('has as many epochs as the last command says, and never fewer than are done', async () => {
  const events = [...recordedRun()];
  const { run, time } = events.at(-1)!;
  const place = { run, time, step: 300, epoch: 3, elapsedMs: 6000 };
  const more = { ...place, type: 'command', seq: events.length, action: 'epochs', value: 7, from: 'rule' } as const;
  expect(await summaryOf(bytesOf([...events, more]), 2)).toMatchObject({ epochs: 7, epochsDone: 3 });
  const planned = events.map((event) => (event.type === 'run' ? { ...event, epochs: 2 } : event));
  expect(await summaryOf(bytesOf(planned))).toMatchObject({ epochs: 3, epochsDone: 3 });
});

test('a long run is known from its end; what is further back than it pays to look is left out', async () => {
  const long = bytesOf(recordedRun({ epochs: 1, stepsPerEpoch: 20_000, steps: 12_000, end: undefined }));
  expect(long.length).toBeGreaterThan(6_000_000);
  expect(await summaryOf(long)).toMatchObject({ steps: 12_000, epochsDone: 0, testLoss: undefined });
});

test('of events without a run event there is what they say', async () => {
  expect(await summaryOf(bytesOf([...recordedRun()].slice(1)))).toMatchObject({
    ...{ network: undefined, data: undefined, sample: false, epochs: undefined },
    ...{ epochsDone: 3, steps: 300, state: 'completed' },
  });
});

test.each([
  ['nothing', ''],
  ['no events', 'hello\n{"a":1}\n'],
  ['events without a place in a run', '{"type":"music","song":"la"}\n'],
])('%s gives no summary', async (_, content) => {
  expect(await summaryOf(content)).toBeUndefined();
});
