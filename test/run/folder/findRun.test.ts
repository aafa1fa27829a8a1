import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeEvent } from '../../../src/events/ndjson.js';
import type { RunEvent } from '../../../src/events/schema.js';
import { eventFileOf, resumeTarget, runFolderOf } from '../../../src/run/folder/findRun.js';
import { recordedRun } from '../../fixtures/events.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const folder = temporaryFolder();
const home = process.cwd();
const first = recordedRun().next().value as RunEvent;

beforeAll(() => {
  process.chdir(folder);
  keep('20261123-120000-aaaa', 'twice', 23);
  // A folder of the user's own, whose name says nothing of the time.
  keep('mine', 'twice', 24);
  keep('20261125-120000-cccc', undefined, 25);
  mkdirSync('twice-empty');
  mkdirSync('taken');
  keep('20261126-120000-dddd', 'taken', 26);
});
afterAll(() => process.chdir(home));

function keep(name: string, called: string | undefined, day: number): void {
  const time = new Date(Date.UTC(2026, 10, day)).toISOString();
  mkdirSync(join('runs', name), { recursive: true });
  const config = called === undefined ? {} : { name: called };
  writeFileSync(join('runs', name, 'events.ndjson'), encodeEvent({ ...first, time, config }));
}

test.each([
  ['its folder', 'runs/mine', 'mine'],
  ['its event file', 'runs/mine/events.ndjson', 'mine'],
  ['its id', '20261123-120000-aaaa', '20261123-120000-aaaa'],
  ['its name, the newest of that name', 'twice', 'mine'],
  ['its name, where a folder without a run is called the same', 'taken', '20261126-120000-dddd'],
  ['nothing, the newest', undefined, 'mine'],
])('a run is found by %s', async (_, path, name) => {
  expect(await eventFileOf(path)).toBe(join('runs', name, 'events.ndjson'));
});

test('what is no run stays as it is, for whoever opens it to complain about', async () => {
  expect(await eventFileOf('absent')).toBe('absent');
  expect(await eventFileOf('twice-empty')).toBe(join('twice-empty', 'events.ndjson'));
  expect(await eventFileOf('runs/twice')).toBe('runs/twice');
});

test('a resume takes a name, too', async () => {
  expect(await resumeTarget('twice')).toEqual({ folder: join('runs', 'mine') });
});

test('a run folder is found by its name, and nothing else is one', async () => {
  writeFileSync('copy.ndjson', encodeEvent(first));
  expect(await runFolderOf('twice')).toBe(join('runs', 'mine'));
  await expect(runFolderOf('absent')).rejects.toThrow(/^absent: there is no run\. Name a run folder/);
  await expect(runFolderOf('copy.ndjson')).rejects.toThrow(/^copy\.ndjson: this is no run folder\. /);
});
