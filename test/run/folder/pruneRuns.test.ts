import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { encodeEvent } from '../../../src/events/ndjson.js';
import type { RunEvent } from '../../../src/events/schema.js';
import { lockFolder } from '../../../src/run/folder/lock.js';
import { planPruning, pruneRuns } from '../../../src/run/folder/pruneRuns.js';
import { recordedRun } from '../../fixtures/events.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const root = temporaryFolder();
const first = recordedRun().next().value as RunEvent;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(root, 'runs-'));
});

/** @param day of November on which it began */
function keep(name: string, day: number): string {
  mkdirSync(join(folder, name));
  const time = new Date(Date.UTC(2026, 10, day)).toISOString();
  writeFileSync(join(folder, name, 'events.ndjson'), encodeEvent({ ...first, time }));
  return join(folder, name);
}

test('the newest runs stay, by when they began and not by the names of their folders', async () => {
  keep('20261121-120000-aaaa', 21);
  keep('20261122-120000-aaaa', 22);
  keep('a-newest', 24);
  keep('z-oldest', 20);
  const planned = await planPruning({ keep: 2, folder });
  expect(planned.map((removal) => removal.folder)).toEqual([
    join(folder, 'z-oldest'),
    join(folder, '20261121-120000-aaaa'),
  ]);
  expect(readdirSync(folder)).toHaveLength(4);
  expect(await pruneRuns({ keep: 2, folder })).toEqual(planned);
  expect(readdirSync(folder).sort()).toEqual(['20261122-120000-aaaa', 'a-newest']);
});

test('a running run neither counts nor is touched; nor is what is not a run, or a link to one', async () => {
  const running = keep('20261120-120000-aaaa', 20);
  const lock = await lockFolder(running, running);
  const elsewhere = mkdtempSync(join(root, 'elsewhere-'));
  writeFileSync(join(elsewhere, 'events.ndjson'), encodeEvent(first));
  symlinkSync(elsewhere, join(folder, 'link'));
  mkdirSync(join(folder, 'unreadable'));
  writeFileSync(join(folder, 'unreadable', 'events.ndjson'), '');
  keep('20261121-120000-aaaa', 21);
  keep('20261122-120000-aaaa', 22);
  await pruneRuns({ keep: 1, folder });
  expect(readdirSync(folder).sort()).toEqual(['20261120-120000-aaaa', '20261122-120000-aaaa', 'link', 'unreadable']);
  await lock.release();
  expect(await pruneRuns({ keep: 0, folder })).toHaveLength(2);
  expect(await pruneRuns({ keep: 0, folder })).toEqual([]);
  expect(readdirSync(elsewhere)).toEqual(['events.ndjson']);
});

test.each([-1, 1.5, Number.NaN])('%d is no number of runs', async (keep) => {
  await expect(pruneRuns({ keep, folder })).rejects.toThrow(/^keep: expected a whole number, 0 or more/);
});
