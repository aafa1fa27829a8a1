// Real files and real worker threads: what a pipeline opens is closed, however it ends.
import { once } from 'node:events';
import { type FileHandle, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { lastValueFrom, map, type Observable, retry, toArray } from 'rxjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Source } from '../../src/data/source.js';
import { connect } from '../../src/streams/connect.js';
import type { Flow } from '../../src/streams/flow.js';
import { fromSource } from '../../src/streams/fromSource.js';
import { mapAsync } from '../../src/streams/operators/mapAsync.js';
import type { Stage } from '../../src/streams/stage.js';
import { withFlow } from '../../src/streams/withFlow.js';

const CHUNKS = 32;
let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-resources-'));
  path = join(folder, 'bytes');
  await writeFile(
    path,
    Uint8Array.from({ length: CHUNKS * 16 }, (_, at) => Math.floor(at / 16)),
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The file in chunks of 16 bytes, each filled with its number. */
function chunksOf(file: string, handles: FileHandle[]): Source<Uint8Array> {
  return {
    async open() {
      const handle = await open(file);
      handles.push(handle);
      return {
        async next() {
          const { bytesRead, buffer } = await handle.read(new Uint8Array(16), 0, 16);
          return bytesRead === 0 ? { done: true, value: undefined } : { done: false, value: buffer };
        },
        close: () => handle.close(),
      };
    },
  };
}

const ANSWER = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', (chunk) => parentPort.postMessage(chunk[0]));
`;
const SPIN = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', (chunk) => {
    parentPort.postMessage(chunk[0]);
    while (chunk[0] === 3);
  });
`;

/** Has a worker of its own answer each chunk. */
function inWorker(code: string, workers: Worker[]): Stage<Uint8Array, number> {
  return function inWorker(source, flow) {
    const worker = new Worker(code, { eval: true });
    workers.push(worker);
    flow.own({ close: async () => void (await worker.terminate()) });
    const ask = mapAsync(async (chunk: Uint8Array, signal) => {
      worker.postMessage(chunk);
      const [answer] = await once(worker, 'message', { signal });
      return answer as number;
    });
    return ask(source, flow);
  };
}

/** A pipeline over the file and a worker, and what it opens. */
function start(code: string, ...rest: Stage<number, number>[]) {
  const handles: FileHandle[] = [];
  const workers: Worker[] = [];
  let flow!: Flow;
  const stages = [inWorker(code, workers), ...rest] as readonly Stage<never, unknown>[];
  const running = withFlow({}, (own) => {
    flow = own;
    return connect(fromSource(chunksOf(path, handles), own), own, stages) as Observable<number>;
  });
  const expectClosed = async (): Promise<void> => {
    await flow.closed;
    expect(handles.map(({ fd }) => fd)).toEqual(handles.map(() => -1));
    expect(workers.map(({ threadId }) => threadId)).toEqual(workers.map(() => -1));
  };
  return { running, handles, workers, expectClosed };
}

test('file and worker are closed after complete', async () => {
  const { running, handles, workers, expectClosed } = start(ANSWER);
  const numbers = Array.from({ length: CHUNKS }, (_, chunk) => chunk);
  await expect(lastValueFrom(running.pipe(toArray()))).resolves.toEqual(numbers);
  await expectClosed();
  expect([handles.length, workers.length]).toEqual([1, 1]);
});

test('file and worker are closed after an error, and every file that a retry has opened', async () => {
  const fail = map((chunk: number) => {
    if (chunk === 5) throw new Error('broken');
    return chunk;
  });
  const { running, handles, workers, expectClosed } = start(ANSWER, fail, retry(2));
  await expect(lastValueFrom(running)).rejects.toThrow('broken');
  await expectClosed();
  expect([handles.length, workers.length]).toEqual([3, 1]);
});

test('file and worker are closed after unsubscribe at any moment', async () => {
  const property = fc.asyncProperty(fc.integer({ min: 0, max: 60 }), async (milliseconds) => {
    const { running, expectClosed } = start(ANSWER);
    const subscription = running.subscribe();
    await wait(milliseconds);
    subscription.unsubscribe();
    await expectClosed();
  });
  await fc.assert(property, { numRuns: 15, timeout: 5000 });
});

test('a worker that never comes back is ended, and the file closed, in the middle of its work', async () => {
  const { running, workers, expectClosed } = start(SPIN);
  const seen: number[] = [];
  const spinning = new Promise<void>((resolve) => {
    const subscription = running.subscribe((chunk) => {
      seen.push(chunk);
      if (chunk !== 3) return;
      resolve();
      setTimeout(() => subscription.unsubscribe(), 5);
    });
  });
  await spinning;
  await once(workers[0]!, 'exit');
  await expectClosed();
  expect(seen).toEqual([0, 1, 2, 3]);
});
