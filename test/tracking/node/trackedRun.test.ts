// Files of other tools while they grow, are torn, shrink and are replaced, as a dashboard follows them.
import { appendFileSync, mkdirSync, renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { Track } from '../../../src/dashboard/replay/replayedRun.js';
import { isEvent } from '../../../src/events/ndjson.js';
import { csvFile } from '../../../src/tracking/csv/csvFile.js';
import type { TrackingFormat } from '../../../src/tracking/format.js';
import { filesOf } from '../../../src/tracking/node/filesOf.js';
import { TrackedRun } from '../../../src/tracking/node/trackedRun.js';
import { eventFile } from '../../../src/tracking/tensorboard/eventFile.js';
import { trainerState } from '../../../src/tracking/trainerState/trainerState.js';
import { wandbFile } from '../../../src/tracking/wandb/wandbFile.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { eventFileBytes, history, scalar, wandbFileBytes } from '../eventBytes.js';
import { eventsOf } from '../readEvents.js';

const folder = temporaryFolder();
const opened: TrackedRun[] = [];
afterEach(async () => {
  for (const run of opened.splice(0)) await run.close();
});
let count = 0;

interface Following {
  readonly path: string;
  readonly run: TrackedRun;
  readonly track: Track;
  readonly notices: string[];
  /** What has been read since the last look, step by step. */
  look(): Promise<[step: number, value: number][]>;
}

async function follow(content: Uint8Array, format: TrackingFormat = eventFile, now?: number): Promise<Following> {
  const place = join(folder, String(count++));
  mkdirSync(place);
  const path = join(place, 'events.out.tfevents.1800000000.a');
  writeFileSync(path, content);
  const named = format.joins === undefined ? path : place;
  const run = await TrackedRun.open({
    run: 'a',
    format,
    follow: true,
    paths: () => filesOf(named, format),
    decodePicture: async () => undefined,
    ...(now !== undefined && { now: () => now }),
  });
  opened.push(run);
  const notices: string[] = [];
  let read: [number, number][] = [];
  const track = new Track(run, {
    onNotice: (text) => notices.push(text),
    onEvents: (events) => {
      for (const event of events)
        if (isEvent(event) && event.type === 'metric') read.push([event.step, event.value]);
        else if (isEvent(event) && event.type === 'warning') notices.push(event.message);
    },
  });
  const look = async (): Promise<[number, number][]> => {
    // The first may find that it was written anew.
    for (let round = 0; round < 3; round++) while (await track.readOn(Number.POSITIVE_INFINITY));
    const news = read;
    read = [];
    return news;
  };
  return { path, run, track, notices, look };
}

test('what is appended is read, a torn record when its end has come', async () => {
  const { path, look, notices, track } = await follow(eventFileBytes(2));
  expect(await look()).toEqual([
    [0, 0],
    [1, 0.25],
  ]);
  const record = scalar(2, 9);
  appendFileSync(path, record.subarray(0, 20));
  expect(await look()).toEqual([]);
  appendFileSync(path, record.subarray(20));
  expect(await look()).toEqual([[2, 9]]);
  expect({ notices, damaged: track.newest.damaged }).toEqual({ notices: [], damaged: 0 });
});

test.each([
  ['before a record', 0],
  ['in a record', 30],
])('zeros %s are waited for: a network file system fills them in later', async (_, kept) => {
  const whole = eventFileBytes(3);
  const zeros = Buffer.from(whole);
  const from = eventFileBytes(1).length + kept;
  zeros.fill(0, from);
  const { path, look, notices, track } = await follow(zeros);
  expect(await look()).toEqual([[0, 0]]);
  writeFileSync(path, whole);
  expect(await look()).toEqual([
    [1, 0.25],
    [2, 0.5],
  ]);
  expect({ notices, damaged: track.newest.damaged }).toEqual({ notices: [], damaged: 0 });
});

test('a length with another checksum ends it with one sentence, and what was read stays', async () => {
  const content = eventFileBytes(3);
  const place = eventFileBytes(2).length;
  content[place] = 255;
  const { path, look, notices, track } = await follow(content);
  expect(await look()).toHaveLength(2);
  appendFileSync(path, scalar(9, 9));
  expect(await look()).toEqual([]);
  expect(notices).toEqual(['the length of a record has another checksum; what comes before stays']);
  expect(track.newest.state.warning).toMatchObject({ code: 'TRACKING_DAMAGED', path, offset: place });
});

test('data with another checksum are passed over, and counted', async () => {
  const content = eventFileBytes(3);
  content[content.length - 60] = 255;
  const { look, track } = await follow(content);
  expect((await look()).length).toBeLessThan(3);
  expect(track.newest).toMatchObject({ damaged: 1, problem: 'a record has another checksum' });
});

test('a copy that has grown takes the place of the file, as rsync does it, and is read on', async () => {
  const { path, look, notices } = await follow(eventFileBytes(2));
  await look();
  writeFileSync(`${path}.new`, eventFileBytes(4));
  renameSync(`${path}.new`, path);
  expect(await look()).toEqual([
    [2, 0.5],
    [3, 0.75],
  ]);
  expect(notices).toEqual([]);
});

test.each([
  ['in its place', (path: string, content: Buffer) => writeFileSync(path, content)],
  [
    'as another file',
    (path: string, content: Buffer) => {
      writeFileSync(`${path}.new`, content);
      renameSync(`${path}.new`, path);
    },
  ],
])('a table that is written anew %s, with another column, is read from its start', async (_, write) => {
  const { path, look, notices } = await follow(Buffer.from('step,loss\n1,5\n2,4\n'), csvFile);
  expect(await look()).toEqual([
    [1, 5],
    [2, 4],
  ]);
  write(path, Buffer.from('step,loss,acc\n1,5,\n2,4,7\n'));
  expect(await look()).toEqual([
    [1, 5],
    [2, 4],
    [2, 7],
  ]);
  expect(notices).toEqual(['the file was written anew; reading it from the start again']);
});

test('a file that was cut is read from its start', async () => {
  const { path, look, notices, track } = await follow(eventFileBytes(4));
  await look();
  truncateSync(path, eventFileBytes(1).length);
  expect(await look()).toEqual([[0, 0]]);
  expect(notices).toEqual(['the file was written anew; reading it from the start again']);
  expect(track.newest.state.step).toBe(0);
});

test('further files of the folder are the rest of the run; each is followed', async () => {
  const { path, run, look } = await follow(eventFileBytes(2));
  await run.close();
  writeFileSync(`${path}.2`, eventFileBytes(2, 2));
  const again = await TrackedRun.open({
    run: 'a',
    format: eventFile,
    follow: false,
    paths: () => filesOf(join(path, '..'), eventFile),
    decodePicture: async () => undefined,
  });
  opened.push(again);
  expect((await eventsOf(again)).map(({ step }) => step)).toEqual([0, 1, 2, 3]);
  expect(look).toBeDefined();
});

/** Makes a file of a megabyte of few records. */
const LONG = 'loss'.repeat(180);

test('any place can be read again, to the same events', async () => {
  const content = Buffer.concat([eventFileBytes(700, 0, LONG), eventFileBytes(700, 700, LONG)]);
  const { run, look } = await follow(content);
  expect(await look()).toHaveLength(1400);
  const all = await eventsOf(run);
  expect(all.map(({ step }) => step)).toEqual(Array.from({ length: 1400 }, (_, step) => step));
  const reading = run.eventsFrom(0);
  const ends: number[] = [];
  for (let lines = await reading.next(); lines !== undefined; lines = await reading.next())
    ends.push(...lines.map(({ end }) => end));
  for (const index of [0, 500, 1200]) expect(await eventsOf(run, ends[index])).toEqual(all.slice(index + 1));
});

test('a compressed file that grows is read like the one in it', async () => {
  const whole = gzipSync(eventFileBytes(500));
  const { path, look } = await follow(whole.subarray(0, 1500));
  const first = await look();
  expect(first.length).toBeGreaterThan(10);
  appendFileSync(path, whole.subarray(1500));
  expect([...first, ...(await look())]).toHaveLength(500);
});

test('a run without news for ten minutes is said to be silent', async () => {
  const now = Date.UTC(2026, 10, 30, 12, 0);
  const { path, run, look } = await follow(eventFileBytes(2), eventFile, now);
  utimesSync(path, new Date(now), new Date(now - 9 * 60_000));
  await look();
  await look();
  expect(run.remarks).toEqual([]);
  utimesSync(path, new Date(now), new Date(now - 10 * 60_000));
  await look();
  expect(run.remarks).toEqual(['no news since 2026-11-30 11:50 UTC, and no end: it may have stopped']);
});

test('a file of W&B is followed over the ends of its blocks', async () => {
  const records = Array.from({ length: 300 }, (_, step) => history(step, { loss: step / 4, pad: 'x'.repeat(step) }));
  const whole = wandbFileBytes([...records, history(300, { loss: 75, pad: 'y'.repeat(70_000) })]);
  const { path, look, track } = await follow(whole.subarray(0, 20_000), wandbFile);
  const read = await look();
  for (let from = 20_000; from < whole.length; from += 9_001) {
    appendFileSync(path, whole.subarray(from, from + 9_001));
    read.push(...(await look()));
  }
  expect(read).toEqual(Array.from({ length: 301 }, (_, step) => [step, step / 4]));
  expect(track.newest.damaged).toBe(0);
});

test('a state of a trainer is read when it is whole', async () => {
  const text = JSON.stringify({ log_history: [{ loss: 0.5, step: 10, epoch: 0.5 }], max_steps: 20 });
  const { path, look } = await follow(Buffer.from(text.slice(0, 40)), trainerState);
  expect(await look()).toEqual([]);
  writeFileSync(path, text);
  expect(await look()).toEqual([[10, 0.5]]);
});
