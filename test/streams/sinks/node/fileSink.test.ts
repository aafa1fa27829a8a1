import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fileSink } from '../../../../src/streams/sinks/node/fileSink.js';

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

test('says that its file was deleted while it was written', async () => {
  const path = join(folder, 'deleted.ndjson');
  const sink = await fileSink(path);
  await sink.write('a\n', 1);
  rmSync(path);
  await expect(sink.close()).rejects.toMatchObject({
    code: 'SINK_UNWRITABLE',
    path,
    problem: expect.stringContaining('deleted'),
  });
});

test('goes on in a file that was moved', async () => {
  const path = join(folder, 'moving.ndjson');
  const sink = await fileSink(path);
  await sink.write('a\n', 1);
  renameSync(path, join(folder, 'moved.ndjson'));
  await sink.write('b\n', 1);
  await sink.close();
  expect(readFileSync(join(folder, 'moved.ndjson'), 'utf8')).toBe('a\nb\n');
});

const posix = process.platform !== 'win32';

test.skipIf(!posix).each([7, 5_000, 200_000])(
  'leaves whole lines where the disk takes no more (lines of %i bytes)',
  (length) => {
    const path = join(mkdtempSync(join(folder, 'limited-')), 'events');
    const module = new URL('../../../../dist/streams/sinks/node/fileSink.js', import.meta.url).href;
    const program = `
    const { fileSink } = await import(${JSON.stringify(module)});
    const sink = await fileSink(${JSON.stringify(path)});
    const line = 'x'.repeat(${length - 1}) + '\\n';
    try {
      while (true) await sink.write(line, 1);
    } catch ({ code }) {
      console.log(code);
    }
    await sink.close().catch(({ message }) => console.log(message));`;
    const limited = ['-c', 'ulimit -f 600; exec "$0" --input-type=module -e "$1"', process.execPath, program];
    const { stdout } = spawnSync('sh', limited, { encoding: 'utf8' });
    expect(stdout).toMatch(/^SINK_UNWRITABLE\n.*the file would be larger than allowed.*\n$/);
    const text = readFileSync(path, 'utf8');
    expect(text).toBe(`${'x'.repeat(length - 1)}\n`.repeat(text.length / length));
    expect(text.length).toBeGreaterThan(0);
  },
);

function fifo(name: string): string {
  execFileSync('mkfifo', [join(folder, name)]);
  return join(folder, name);
}

test.skipIf(!posix)('waits for the reader of a fifo, and gives it every line', async () => {
  const path = fifo('read');
  const opening = fileSink(path);
  const reader = spawn('cat', [path]);
  let text = '';
  reader.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const sink = await opening;
  for (let line = 0; line < 50_000; line++) await sink.write(`${line}\n`, 1);
  await sink.close();
  await once(reader, 'close');
  expect(text).toBe(Array.from({ length: 50_000 }, (_, line) => `${line}\n`).join(''));
});

test.skipIf(!posix)('says that the reader of a fifo has gone', async () => {
  const path = fifo('left');
  const reader = spawn('head', ['-c', '1', path]);
  const sink = await fileSink(path);
  const endless = async (): Promise<void> => {
    while (true) await sink.write(`${'x'.repeat(1000)}\n`, 1);
  };
  await expect(endless()).rejects.toMatchObject({ code: 'SINK_CLOSED' });
  await once(reader, 'close');
});

test.skipIf(process.platform !== 'linux')(
  'a fifo whose reader sleeps is given up after the stop, a file never',
  async () => {
    const path = fifo('asleep');
    const holder = spawn('sh', ['-c', 'exec sleep 60 < "$0"', path]);
    const stop = new AbortController();
    const sink = await fileSink(path, { stop: stop.signal });
    const filling = async (): Promise<void> => {
      while (true) await sink.write(`${'x'.repeat(1000)}\n`, 1);
    };
    const failure = filling().catch((error: unknown) => error);
    stop.abort();
    expect(await failure).toMatchObject({ code: 'SINK_STALLED', path });
    await sink.close();
    holder.kill();
  },
);
