import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fileSink } from '../../../src/streams/sinks/file.js';

const folder = mkdtempSync(join(tmpdir(), 'millrace-sink-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('writes lines in order into a new file', async () => {
  const path = join(folder, 'new.ndjson');
  const sink = await fileSink(path);
  for (let line = 0; line < 10_000; line++) await sink.write(`${line}\n`, 1);
  await sink.close();
  expect(readFileSync(path, 'utf8')).toBe(Array.from({ length: 10_000 }, (_, line) => `${line}\n`).join(''));
});

test('takes an empty file, refuses one with something in it and leaves that as it is', async () => {
  const path = join(folder, 'there.ndjson');
  writeFileSync(path, '');
  const sink = await fileSink(path);
  await sink.write('a\n', 1);
  await sink.close();
  await expect(fileSink(path)).rejects.toMatchObject({ code: 'SINK_EXISTS', path });
  expect(readFileSync(path, 'utf8')).toBe('a\n');
});

test('takes a device', async () => {
  const sink = await fileSink('/dev/null');
  await sink.write('a\n', 1);
  await sink.close();
});

test('says where it cannot write', async () => {
  await expect(fileSink(folder)).rejects.toMatchObject({ code: 'SINK_UNWRITABLE' });
  await expect(fileSink(join(folder, 'absent', 'x'))).rejects.toThrow(/ENOENT.*Check that the folder exists/);
});

test.skipIf(process.platform !== 'linux')('fails with one sentence on a full disk', async () => {
  const sink = await fileSink('/dev/full');
  const failing = async (): Promise<void> => {
    for (let line = 0; line < 100_000; line++) await sink.write(`${line}\n`, 1);
    await sink.close();
  };
  await expect(failing()).rejects.toThrow(/no space is left on the disk/);
});
