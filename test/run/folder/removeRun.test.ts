import { existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder } from '../../../src/run/folder/lock.js';
import { planRemoval, removeRun } from '../../../src/run/folder/removeRun.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const root = temporaryFolder();

const OURS = [
  'events.ndjson',
  'model.safetensors',
  'step-00000003.safetensors',
  'step-00000003.safetensors.0a1b2c3d.partial',
];

function runWith(...others: readonly string[]): string {
  const folder = mkdtempSync(join(root, 'run-'));
  for (const name of [...OURS, 'run.lock.0a1b2c3d', ...others]) writeFileSync(join(folder, name), '12345');
  return folder;
}

test('removes what a run has written, and its folder', async () => {
  const folder = runWith();
  const planned = await planRemoval(folder);
  expect(planned).toEqual({ folder, files: [...OURS, 'run.lock.0a1b2c3d'].sort(), bytes: 25, others: [] });
  expect(readdirSync(folder)).toHaveLength(5);
  expect(await removeRun(folder)).toEqual(planned);
  expect(existsSync(folder)).toBe(false);
});

test('what else is in the folder stays, and the folder with it', async () => {
  const folder = runWith('notes.md', 'step-x.safetensors', 'model.safetensors.bak');
  mkdirSync(join(folder, 'step-00000009.safetensors'));
  const others = ['model.safetensors.bak', 'notes.md', 'step-00000009.safetensors', 'step-x.safetensors'];
  expect(await removeRun(folder)).toMatchObject({ bytes: 25, others });
  expect(readdirSync(folder).sort()).toEqual(others);
});

test('no link is followed: what it leads to stays, and so does the link', async () => {
  const elsewhere = join(root, 'precious.safetensors');
  writeFileSync(elsewhere, 'precious');
  const folder = runWith();
  symlinkSync(elsewhere, join(folder, 'step-00000007.safetensors'));
  expect(await removeRun(folder)).toMatchObject({ others: ['step-00000007.safetensors'] });
  expect(readdirSync(folder)).toEqual(['step-00000007.safetensors']);
  expect(statSync(elsewhere).size).toBe(8);
});

test('a folder that is a link is refused, however it is written', async () => {
  const folder = runWith();
  const link = join(root, 'link');
  symlinkSync(folder, link);
  for (const path of [link, `${link}/`, join(link, 'events.ndjson')]) {
    const refusal = { code: 'RUN_FOLDER_UNREMOVABLE', message: expect.stringContaining('this is a link to a folder') };
    await expect(planRemoval(path)).rejects.toMatchObject(refusal);
    await expect(removeRun(path)).rejects.toMatchObject(refusal);
  }
  expect(readdirSync(folder)).toHaveLength(5);
});

test('a run that is running is not touched, and gone when its lock is', async () => {
  const folder = runWith();
  const lock = await lockFolder(folder, folder);
  const refusal = {
    code: 'RUN_FOLDER_LOCKED',
    message: expect.stringMatching(/has kept its run here since .* A run is removed when it is over: stop it first/),
  };
  await expect(planRemoval(folder)).rejects.toMatchObject(refusal);
  await expect(removeRun(folder)).rejects.toMatchObject(refusal);
  expect(readdirSync(folder)).toHaveLength(6);
  await lock.release();
  await removeRun(folder);
  expect(existsSync(folder)).toBe(false);
});

test('a folder without a run is refused', async () => {
  const folder = mkdtempSync(join(root, 'other-'));
  writeFileSync(join(folder, 'model.safetensors'), '12345');
  await expect(removeRun(folder)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  expect(readdirSync(folder)).toEqual(['model.safetensors']);
});
