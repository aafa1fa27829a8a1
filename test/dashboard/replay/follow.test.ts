// Real files that grow, are cut, replaced and removed while they are followed.
import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fileRecording } from '../../../src/dashboard/replay/node/fileRecording.js';
import type { Recording } from '../../../src/dashboard/replay/recording.js';
import { Track } from '../../../src/dashboard/replay/replayedRun.js';
import type { MillraceEvent } from '../../../src/events/schema.js';
import { recordedRun } from '../../fixtures/events.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { bytesOf } from './recordings.js';

const path = join(temporaryFolder(), 'events.ndjson');
const events = [...recordedRun({ epochs: 4, stepsPerEpoch: 100, end: undefined })];
const whole = bytesOf(events);
const opened: Recording[] = [];
afterEach(async () => {
  for (const recording of opened.splice(0)) await recording.close();
  rmSync(path, { force: true });
});

async function follow(content: Buffer) {
  writeFileSync(path, content);
  const recording = await fileRecording(path, true);
  opened.push(recording);
  const notices: string[] = [];
  const track = new Track(recording, { onNotice: (text) => notices.push(text) });
  /** Until there is nothing new, twice: the first time may find that the file has changed. */
  const look = async (): Promise<void> => {
    for (let round = 0; round < 2; round++) while (await track.readOn(Number.POSITIVE_INFINITY));
  };
  await look();
  return { track, notices, look };
}

/** Bytes up to and including the loss of this step. */
function upToStep(step: number): number {
  return bytesOf(events.slice(0, events.findIndex((event) => event.type === 'loss' && event.step === step) + 1)).length;
}

test('what is appended belongs to it; a torn line waits for its end', async () => {
  const { track, notices, look } = await follow(whole.subarray(0, upToStep(50) + 30));
  expect(track.newest.state.step).toBe(50);
  appendFileSync(path, whole.subarray(upToStep(50) + 30));
  await look();
  expect(track.newest).toMatchObject({ losses: 400, damaged: 0, offset: whole.length });
  expect(notices).toEqual([]);
});

test('a file that was emptied is said to be, and read from the start', async () => {
  const { track, notices, look } = await follow(whole);
  truncateSync(path, 0);
  await look();
  expect(notices).toEqual(['the file was cut to 0 bytes; reading it from the start again']);
  expect(track.newest.state.status).toBe('waiting');
  const other = events.map((event) => ({ ...event, run: '20261124-000000-ffff' }));
  appendFileSync(path, bytesOf(other.slice(0, 20)));
  await look();
  expect(track.newest.state.run?.run).toBe('20261124-000000-ffff');
});

test('a file that a resumed run cut back keeps what still stands in it', async () => {
  const { track, notices, look } = await follow(whole);
  const cut = upToStep(300);
  truncateSync(path, cut);
  const first = events[0] as Extract<MillraceEvent, { type: 'run' }>;
  const at = { epoch: 4, step: 300, elapsedMs: 6000, time: first.time };
  appendFileSync(path, bytesOf([{ ...first, ...at, resumedFrom: { step: 300, checkpoint: 'x' } }]));
  await look();
  expect(notices).toEqual([expect.stringMatching(/^the file was cut to [\d,]+ bytes; what comes before stays$/)]);
  expect(track.newest.losses).toBe(300);
  expect(track.newest.state).toMatchObject({ step: 300, status: 'running' });
  expect(track.newest.state.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
});

test('another run in the same file is no continuation of the one before', async () => {
  const { track, notices, look } = await follow(whole);
  const other = events.map((event) => ({ ...event, run: '20261124-000000-ffff', elapsedMs: event.elapsedMs + 7 }));
  writeFileSync(path, bytesOf(other).subarray(0, whole.length - 5000));
  await look();
  expect(notices).toEqual([expect.stringContaining('reading it from the start again')]);
  expect(track.newest.state.run?.run).toBe('20261124-000000-ffff');
  expect(track.newest.damaged).toBe(0);
});

test('a file that took its place is said to have, and goes on after the rest of the old one', async () => {
  const { track, notices, look } = await follow(whole.subarray(0, upToStep(100)));
  appendFileSync(path, whole.subarray(upToStep(100), upToStep(150)));
  renameSync(path, `${path}.1`);
  writeFileSync(path, whole.subarray(upToStep(150)));
  await look();
  await look();
  rmSync(`${path}.1`);
  expect(notices).toEqual(['another file has taken the place of this one; continuing with the new one']);
  expect(track.newest.losses).toBe(400);
  expect(track.newest.state.run).toBeDefined();
});

test('a file that is gone is said to be once; what was read stays, and a new one is taken', async () => {
  const { track, notices, look } = await follow(whole);
  rmSync(path);
  await look();
  await look();
  expect(notices).toEqual([expect.stringContaining('the file is missing')]);
  expect(track.newest.losses).toBe(400);
  writeFileSync(path, bytesOf(events.slice(0, 30)));
  await look();
  expect(notices).toHaveLength(2);
  expect(track.newest.state.step).toBeLessThan(50);
});

test('after another file came, going back ends where it begins', async () => {
  const { track, look } = await follow(whole.subarray(0, upToStep(150)));
  renameSync(path, `${path}.1`);
  writeFileSync(path, whole.subarray(upToStep(150)));
  await look();
  await look();
  rmSync(`${path}.1`);
  while (await track.show({ losses: 10 }));
  expect(track.position.losses).toBe(150);
});
