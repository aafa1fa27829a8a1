import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { writeAtomically } from '../../src/files/writeAtomically.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const root = temporaryFolder();
const isRoot = process.getuid?.() === 0;
const bytes = Uint8Array.of(1, 2, 3);

function emptyFolder(): string {
  return mkdtempSync(join(root, 'folder-'));
}

test('writes the bytes and leaves nothing else', async () => {
  const folder = emptyFolder();
  await writeAtomically(join(folder, 'a'), bytes);
  expect(readdirSync(folder)).toEqual(['a']);
  expect(new Uint8Array(readFileSync(join(folder, 'a')))).toEqual(bytes);
});

test('replaces a file of that name', async () => {
  const path = join(emptyFolder(), 'a');
  writeFileSync(path, 'what was there before');
  await writeAtomically(path, bytes);
  expect(new Uint8Array(readFileSync(path))).toEqual(bytes);
});

test.skipIf(process.platform === 'win32')('replaces a link, and leaves alone what it leads to', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'victim'), 'precious');
  symlinkSync('victim', join(folder, 'a'));
  await writeAtomically(join(folder, 'a'), bytes);
  expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('precious');
  expect(new Uint8Array(readFileSync(join(folder, 'a')))).toEqual(bytes);
});

test('two at once leave one whole file', async () => {
  const folder = emptyFolder();
  const large = [1, 2].map((value) => new Uint8Array(1_000_000).fill(value));
  await Promise.all(large.map((content) => writeAtomically(join(folder, 'a'), content)));
  expect(readdirSync(folder)).toEqual(['a']);
  const read = readFileSync(join(folder, 'a'));
  expect(large.some((content) => read.equals(content))).toBe(true);
});

test.each<[string, (folder: string) => string, string]>([
  ['in a folder that is not there', (folder) => join(folder, 'no', 'a'), 'no such file or folder'],
  ['below a file', (folder) => fileIn(folder, 'a', 'b'), 'a file in the place of a folder'],
  ['where a folder is', (folder) => folderIn(folder, 'a'), 'a folder'],
  ['over a device', (folder) => linkIn(folder, '/dev/null'), 'something that is not a file'],
  ['under a name that is too long', (folder) => join(folder, 'n'.repeat(300)), 'a name that is too long'],
])('refuses to write %s', async (_, prepare, actual) => {
  const folder = emptyFolder();
  const path = prepare(folder);
  const before = readdirSync(folder);
  await expect(writeAtomically(path, bytes)).rejects.toMatchObject({ code: 'FILE_UNWRITABLE', path, actual });
  expect(readdirSync(folder)).toEqual(before);
});

test.skipIf(isRoot)('refuses to write to a read-only folder (not as root, who may write anywhere)', async () => {
  const folder = emptyFolder();
  chmodSync(folder, 0o500);
  await expect(writeAtomically(join(folder, 'a'), bytes)).rejects.toMatchObject({ actual: 'no permission' });
});

test.skipIf(process.platform === 'win32')(
  'leaves the old file and no part of the new one when it cannot be written whole',
  () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'a'), 'old');
    const module = fileURLToPath(new URL('../../dist/files/writeAtomically.js', import.meta.url));
    const program = `
    const { writeAtomically } = await import(${JSON.stringify(module)});
    await writeAtomically('a', new Uint8Array(100_000)).catch((error) => console.log(error.code, error.actual));`;
    const limited = ['-c', 'ulimit -f 8; exec "$0" --input-type=module -e "$1"', process.execPath, program];
    const { stdout } = spawnSync('sh', limited, { cwd: folder, encoding: 'utf8' });
    expect(stdout).toBe('FILE_UNWRITABLE the file would be larger than allowed\n');
    expect(readdirSync(folder)).toEqual(['a']);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
  },
);

function fileIn(folder: string, name: string, below: string): string {
  writeFileSync(join(folder, name), '');
  return join(folder, name, below);
}

function folderIn(folder: string, name: string): string {
  mkdirSync(join(folder, name));
  return join(folder, name);
}

function linkIn(folder: string, target: string): string {
  symlinkSync(target, join(folder, 'link'));
  return join(folder, 'link');
}
