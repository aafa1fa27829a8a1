import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fateOf, thisProcess } from '../../../src/files/processIdentity.js';
import { lockFolder } from '../../../src/run/folder/lock.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const root = temporaryFolder();
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const folderOfItsOwn = (): string => mkdtempSync(join(root, 'folder-'));
const lockIn = (folder: string): string => join(folder, 'run.lock');

/** A lock as some process would have written it. */
async function leaveLock(folder: string, changes: object): Promise<void> {
  const lock = { ...(await thisProcess()), since: '2026-11-24T12:00:00.000Z', ...changes };
  writeFileSync(lockIn(folder), JSON.stringify(lock));
}

/** A process that takes the lock of a folder, says how that went and keeps it until it is killed. */
function taker(folder: string) {
  const module = new URL('../../../dist/run/folder/lock.js', import.meta.url).href;
  const program = `
    const { lockFolder } = await import(${JSON.stringify(module)});
    setInterval(() => {}, 1000);
    await lockFolder(${JSON.stringify(folder)}, 'there').then(() => console.log('TAKEN'), ({ code }) => console.log(code));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return { child, outcome: once(child.stdout, 'data').then(([text]) => String(text).trim()) };
}

test('says who has the folder and since when, and goes with its release', async () => {
  const folder = folderOfItsOwn();
  const lock = await lockFolder(folder, 'there');
  expect(readdirSync(folder)).toEqual(['run.lock']);
  const holder = JSON.parse(readFileSync(lockIn(folder), 'utf8'));
  expect(holder).toMatchObject({ pid: process.pid, since: expect.stringMatching(/^\d{4}-.*Z$/) });
  const sentence = new RegExp(
    `^there: process ${process.pid} on ".+" has kept its run here since ${holder.since}\\. Wait`,
  );
  await expect(lockFolder(folder, 'there')).rejects.toMatchObject({
    code: 'RUN_FOLDER_LOCKED',
    message: expect.stringMatching(sentence),
  });
  await lock.release();
  await lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('keeps another process out for as long as its process lives, and no longer', async () => {
  const folder = folderOfItsOwn();
  const { child, outcome } = taker(folder);
  expect(await outcome).toBe('TAKEN');
  await expect(lockFolder(folder, 'there')).rejects.toMatchObject({ code: 'RUN_FOLDER_LOCKED' });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(lockIn(folder))).toBe(true);
  await (await lockFolder(folder, 'there')).release();
  expect(readdirSync(folder)).toEqual([]);
});

test('goes to one of many that want it after its process has died', { timeout: 60_000 }, async () => {
  const folder = folderOfItsOwn();
  await leaveLock(folder, { pid: 2 ** 30 });
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => taker(folder).outcome));
  expect(outcomes.toSorted()).toEqual([...Array(5).fill('RUN_FOLDER_LOCKED'), 'TAKEN']);
});

test.skipIf(!existsSync('/proc/self/stat'))(
  'of a process whose number another one has got by now counts for nothing (where there is /proc)',
  async () => {
    const folder = folderOfItsOwn();
    await leaveLock(folder, { pid: process.ppid, started: '1' });
    await (await lockFolder(folder, 'there')).release();
    await leaveLock(folder, { boot: 'an earlier one' });
    await (await lockFolder(folder, 'there')).release();
    expect(readdirSync(folder)).toEqual([]);
  },
);

test.skipIf(!existsSync('/proc/self/stat'))('of a process that has ended unheard counts for nothing', async () => {
  // The shell becomes a program that never asks how its child has ended.
  const shell = spawn('sh', ['-c', 'sleep 0.5 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(shell);
  const pid = Number(String((await once(shell.stdout, 'data'))[0]));
  const { started: _, ...here } = await thisProcess();
  await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).toMatch(/\) Z /);
  expect(await fateOf({ ...here, pid })).toBe('ended');
});

const TOLD_FROM_ELSEWHERE = [
  ['another machine', { host: 'elsewhere' }],
  ...(existsSync('/proc/self/ns/pid') ? ([['another container', { namespace: 'pid:[1]' }]] as const) : []),
] as const;

test.each(TOLD_FROM_ELSEWHERE)('of %s stands, with the advice to delete it', async (_, changes) => {
  const folder = folderOfItsOwn();
  await leaveLock(folder, { pid: 2 ** 30, ...changes });
  await expect(lockFolder(folder, 'there')).rejects.toMatchObject({
    code: 'RUN_FOLDER_LOCKED',
    advice: expect.stringContaining('delete run.lock'),
  });
});

test.each(['', '{"pid":', '{}', '{"pid":-1,"host":"here","since":"now"}'])('%j is nobody’s', async (text) => {
  const folder = folderOfItsOwn();
  writeFileSync(lockIn(folder), text);
  await (await lockFolder(folder, 'there')).release();
  expect(readdirSync(folder)).toEqual([]);
});

test('can be taken where a process was killed while it took it', async () => {
  const folder = folderOfItsOwn();
  writeFileSync(join(folder, 'run.lock.taking'), '');
  await lockFolder(folder, 'there', { guardMs: 40 });
  expect(readdirSync(folder)).toEqual(['run.lock']);
});

test('of another run is left alone by a release', async () => {
  const folder = folderOfItsOwn();
  const lock = await lockFolder(folder, 'there');
  await leaveLock(folder, {});
  await lock.release();
  expect(readdirSync(folder)).toEqual(['run.lock']);
});
