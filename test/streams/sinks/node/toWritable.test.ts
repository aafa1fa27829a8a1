import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { lastValueFrom, map, toArray } from 'rxjs';
import { expect, test, vi } from 'vitest';
import { scriptedSource } from '../../../../src/exports/testing.js';
import { pipeline } from '../../../../src/streams/pipeline.js';
import { toWritable } from '../../../../src/streams/sinks/node/toWritable.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

const folder = temporaryFolder();
const numbers = Array.from({ length: 20 }, (_, index) => index);
const lines = map((value: number) => `${value}\n`);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('writes everything into a file before the pipeline completes', async () => {
  const path = join(folder, 'numbers.txt');
  const passed = await lastValueFrom(pipeline(numbers, lines, toWritable(createWriteStream(path)), toArray()));
  expect(readFileSync(path, 'utf8')).toBe(passed.join(''));
  expect(passed).toHaveLength(20);
});

test('a stream that is full holds the source, and lets it go on when it is drained', async () => {
  const source = scriptedSource(numbers);
  const narrow = new PassThrough({ highWaterMark: 1 });
  const ended = lastValueFrom(pipeline(source, lines, toWritable(narrow)));
  await vi.waitFor(() => expect(source.pulled).toBe(4), { interval: 1 });
  await turn();
  expect(source.pulled).toBe(4);
  const read: string[] = [];
  narrow.on('data', (chunk) => read.push(String(chunk)));
  await ended;
  await turn();
  expect(read.join('')).toBe(numbers.map((value) => `${value}\n`).join(''));
});

test('destroys the stream when the pipeline is left or fails, and leaves it where it is to stay open', async () => {
  const left = new PassThrough();
  pipeline(scriptedSource(numbers, { hangAt: 2 }), lines, toWritable(left))
    .subscribe()
    .unsubscribe();
  expect(left.destroyed).toBe(true);
  const failed = new PassThrough();
  const broken = scriptedSource(numbers, { failAt: 2, error: 'torn' });
  await expect(lastValueFrom(pipeline(broken, lines, toWritable(failed)))).rejects.toBe('torn');
  expect([failed.destroyed, failed.writableFinished]).toEqual([true, false]);
  const kept = new PassThrough();
  await lastValueFrom(pipeline(numbers, lines, toWritable(kept, { keepOpen: true })));
  expect([kept.destroyed, kept.writableEnded]).toEqual([false, false]);
  expect(kept.listenerCount('error')).toBe(0);
});

test('tells at once when the stream fails or its reader has gone', async () => {
  const gone = new PassThrough();
  const hanging = lastValueFrom(pipeline(scriptedSource(numbers, { hangAt: 2 }), lines, toWritable(gone)));
  await turn();
  gone.destroy();
  await expect(hanging).rejects.toMatchObject({ name: 'SinkError', code: 'SINK_CLOSED' });
  await expect(lastValueFrom(pipeline(numbers, lines, toWritable(gone)))).rejects.toMatchObject({
    code: 'SINK_CLOSED',
  });
  const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error('disk full')) });
  const failing = lastValueFrom(pipeline(numbers, lines, toWritable(full)));
  await expect(failing).rejects.toMatchObject({ code: 'SINK_UNWRITABLE' });
  await expect(failing).rejects.toThrow('the stream cannot be written: disk full');
});

test('says what to do where the stream does not take such items', async () => {
  const running = lastValueFrom(pipeline(numbers, toWritable(new PassThrough())));
  await expect(running).rejects.toThrow(
    'item: expected what the stream takes, found 0. Make text or bytes of it first',
  );
  expect(() => toWritable('out.txt' as never)).toThrow('Of a path createWriteStream(path) makes one.');
});

test('writes into a web stream, closes it at the end and aborts it otherwise', async () => {
  const account: unknown[] = [];
  const sink = {
    write: async (chunk: number) => void account.push(chunk),
    close: () => void account.push('closed'),
    abort: () => void account.push('aborted'),
  };
  await lastValueFrom(pipeline([1, 2], toWritable(new WritableStream<number>(sink))));
  expect(account.splice(0)).toEqual([1, 2, 'closed']);
  const subscription = pipeline(
    scriptedSource([1, 2], { hangAt: 1 }),
    toWritable(new WritableStream<number>(sink)),
  ).subscribe();
  await turn();
  subscription.unsubscribe();
  await turn();
  expect(account.splice(0)).toEqual([1, 'aborted']);
  const broken = new WritableStream<number>({ write: () => Promise.reject(new Error('lost')) });
  await expect(lastValueFrom(pipeline(numbers, toWritable(broken)))).rejects.toThrow('lost');
});
