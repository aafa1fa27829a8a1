// A disk that says that it could not keep what it had taken.
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { writeAtomically } from '../../src/files/writeAtomically.js';
import { saveWeights } from '../../src/model/node/weightsFile.js';
import { fileSink } from '../../src/streams/sinks/node/fileSink.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';

/** The paths whose flushing fails, and with what. */
const disk = vi.hoisted(() => ({ fails: (_: string): boolean => false, code: 'EIO' }));
vi.mock('node:fs/promises', async (importOriginal) => {
  const actual = await importOriginal<typeof import('node:fs/promises')>();
  const open: typeof actual.open = async (path, ...rest) => {
    const handle: FileHandle = await actual.open(path, ...rest);
    const error = Object.assign(new Error(`${disk.code}: fsync`), { code: disk.code, syscall: 'fsync' });
    if (disk.fails(String(path))) handle.sync = () => Promise.reject(error);
    return handle;
  };
  return { ...actual, open };
});

const root = temporaryFolder();
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'folder-'));
  path = join(folder, 'a');
  disk.code = 'EIO';
});

test.each([
  ['EIO', 'the disk reports an error'],
  ['ENOSPC', 'a full disk'],
  ['EDQUOT', 'the quota is used up'],
])('a file whose flushing fails with %s never takes the place of the old one', async (code, actual) => {
  writeFileSync(path, 'old');
  disk.code = code;
  disk.fails = (opened) => opened.endsWith('.partial');
  await expect(writeAtomically(path, Uint8Array.of(1))).rejects.toMatchObject({
    code: 'FILE_UNWRITABLE',
    path,
    actual,
  });
  expect(readdirSync(folder)).toEqual(['a']);
  expect(readFileSync(path, 'utf8')).toBe('old');
});

test('a folder whose flushing fails is told, with the new file whole in its place', async () => {
  disk.fails = (opened) => opened === dirname(path);
  await expect(writeAtomically(path, Uint8Array.of(1))).rejects.toMatchObject({ actual: 'the disk reports an error' });
  expect(readdirSync(folder)).toEqual(['a']);
  expect([...readFileSync(path)]).toEqual([1]);
});

test('weights whose flushing fails are an error with a code, and leave nothing', async () => {
  disk.fails = (opened) => opened.endsWith('.partial');
  await expect(saveWeights(path, new Map(), TINY_NETWORK)).rejects.toMatchObject({ code: 'WEIGHTS_UNWRITABLE' });
  expect(readdirSync(folder)).toEqual([]);
});

test('events whose flushing fails are an error when they are closed, and stay as whole lines', async () => {
  disk.fails = (opened) => opened === path;
  const sink = await fileSink(path);
  await sink.write('a\n', 1);
  await expect(sink.close()).rejects.toMatchObject({
    code: 'SINK_UNWRITABLE',
    problem: 'events cannot be written (the disk reports an error)',
  });
  expect(readFileSync(path, 'utf8')).toBe('a\n');
});
