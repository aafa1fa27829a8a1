import { createWriteStream } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { writeText } from '../../src/cli/writeText.js';

test('waits until the text is taken', async () => {
  const stream = new PassThrough({ highWaterMark: 1 });
  let taken = false;
  const writing = Promise.all([writeText(stream, 'a long line'), writeText(stream, '\n')]).then(() => {
    taken = true;
    stream.end();
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(taken).toBe(false);
  expect(await text(stream)).toBe('a long line\n');
  await writing;
});

test('leaves no listener behind', async () => {
  const stream = new PassThrough().resume();
  for (let line = 0; line < 20; line += 1) await writeText(stream, 'line\n');
  expect(stream.listenerCount('error')).toBe(0);
});

test('takes it calmly when the reader has gone', async () => {
  const server = createServer((socket: Socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const stream = connect(port, '127.0.0.1');
  await new Promise((resolve) => stream.once('close', resolve));
  await writeText(stream, 'one');
  await writeText(stream, 'two');
  server.close();
});

test.skipIf(process.platform !== 'linux')('says so when the disk is full (Linux)', async () => {
  const stream = createWriteStream('/dev/full');
  await expect(writeText(stream, 'x')).rejects.toMatchObject({ code: 'SINK_UNWRITABLE', actual: 'a full disk' });
});
