import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { streamRecording } from '../../../../src/dashboard/replay/node/streamRecording.js';

async function readable(bytes: Uint8Array) {
  const stream = new PassThrough();
  const recording = streamRecording(stream, 'a pipe');
  const ready = once(stream, 'readable');
  stream.write(bytes);
  await ready;
  return recording;
}

test.each([
  ['UTF-16', Buffer.from('\uFEFF{"type":"run"}', 'utf16le'), 'this is not an event file but text in UTF-16'],
  ['UTF-16 without its mark', Buffer.from('{"type":"run"}', 'utf16le').swap16(), 'text in UTF-16'],
  ['an IDX file', Uint8Array.of(0, 0, 8, 3), 'binary data'],
])('%s is called that', async (_, bytes, sentence) => {
  const recording = await readable(bytes);
  await expect(recording.read(0, 100)).rejects.toMatchObject({
    code: 'RUN_NOT_FOUND',
    path: 'a pipe',
    problem: expect.stringContaining(sentence),
  });
  await recording.close();
});

test('a byte order mark is no matter', async () => {
  const bytes = Buffer.from('\uFEFF{"type":"run"}\n');
  const recording = await readable(bytes);
  expect(await recording.read(0, 100)).toEqual(bytes);
  await recording.close();
});
