import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../src/files/makeFolder.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const folder = temporaryFolder();

test('makes what is missing, and says whether it was', async () => {
  expect(await makeFolder(join(folder, 'a', 'b', 'c'))).toBe(true);
  expect(existsSync(join(folder, 'a', 'b', 'c'))).toBe(true);
  expect(await makeFolder(join(folder, 'a', 'b'))).toBe(false);
});

test('says what the system says', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(folder, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test.skipIf(process.platform !== 'linux')('comes to an end where no folder can be', async () => {
  await expect(makeFolder('/proc/millrace/x')).rejects.toMatchObject({ code: 'ENOENT' });
});
