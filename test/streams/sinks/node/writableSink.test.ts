import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { writableSink } from '../../../../src/streams/sinks/node/writableSink.js';

/** A stream whose writes finish when the test says so. */
function slowStream() {
  const finish: ((error?: Error) => void)[] = [];
  const written: string[] = [];
  const stream = new Writable({
    highWaterMark: 8,
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      written.push(chunk);
      finish.push(done);
    },
  });
  return { stream, written, finish };
}

test('asks its writer to wait while the stream is full, and lets it go on afterwards', async () => {
  const { stream, finish } = slowStream();
  const sink = writableSink(stream, { name: 'slow' });
  expect(sink.write('a\n', 1)).toBeUndefined();
  const full = sink.write('0123456789\n', 1);
  expect(full).toBeInstanceOf(Promise);
  finish.shift()?.();
  await new Promise((resolve) => setImmediate(resolve));
  finish.shift()?.();
  await full;
  expect(sink.write('b\n', 1)).toBeUndefined();
});

test('writes what it holds before it is closed', async () => {
  const { stream, written, finish } = slowStream();
  const sink = writableSink(stream, { name: 'slow' });
  sink.write('a\n', 1);
  sink.write('b\n', 1);
  const closed = sink.close();
  while (finish.length > 0) {
    finish.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await closed;
  expect(written.join('')).toBe('a\nb\n');
});

test.each([
  ['EPIPE', 'SINK_CLOSED'],
  ['ENOSPC', 'SINK_UNWRITABLE'],
])('fails a waiting writer on %s with %s', async (systemCode, code) => {
  const { stream, finish } = slowStream();
  const sink = writableSink(stream, { name: 'broken' });
  const waiting = sink.write('0123456789\n', 1);
  finish.shift()?.(Object.assign(new Error('broken'), { code: systemCode }));
  await expect(waiting).rejects.toMatchObject({ code });
  expect(() => sink.write('a\n', 1)).toThrow(expect.objectContaining({ code }));
});
