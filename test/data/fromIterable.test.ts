import { PassThrough, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { firstValueFrom, take, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import { fromIterable } from '../../src/data/fromIterable.js';
import { fromSource } from '../../src/streams/fromSource.js';
import { pipeline } from '../../src/streams/pipeline.js';
import { withFlow } from '../../src/streams/withFlow.js';
import { drain, opened } from './drain.js';

async function* counting(to: number, seen: { pulled: number; closed: boolean }): AsyncGenerator<number> {
  try {
    for (let item = 0; item < to; item += 1) {
      seen.pulled += 1;
      yield item;
    }
  } finally {
    seen.closed = true;
  }
}

test('gives the items of an array, at hand, as often as it is opened', async () => {
  const source = fromIterable([1, 2]);
  expect(await drain(source)).toEqual([1, 2]);
  const pull = await opened(source);
  expect([pull.next(), pull.next(), pull.next()]).toEqual([
    { done: false, value: 1 },
    { done: false, value: 2 },
    { done: true, value: undefined },
  ]);
});

test('gives the items of asynchronous iterables and Readables', async () => {
  expect(await drain(fromIterable(counting(3, { pulled: 0, closed: false })))).toEqual([0, 1, 2]);
  expect(await drain(fromIterable(Readable.from(['a', 'b'])))).toEqual(['a', 'b']);
});

test('asks for no more than the pipeline has room for', async () => {
  const seen = { pulled: 0, closed: false };
  const numbers = pipeline(fromIterable(counting(1_000, seen)), take(3), toArray());
  expect(await firstValueFrom(numbers)).toEqual([0, 1, 2]);
  expect(seen.pulled).toBe(3);
});

test('closes a generator before it ends', async () => {
  const asynchronous = { pulled: 0, closed: false };
  const pull = await opened(fromIterable(counting(3, asynchronous)));
  await pull.next();
  await pull.close();
  expect(asynchronous.closed).toBe(true);

  let closed = false;
  function* numbers(): Generator<number> {
    try {
      yield 1;
    } finally {
      closed = true;
    }
  }
  const synchronous = await opened(fromIterable(numbers()));
  synchronous.next();
  synchronous.close();
  expect(closed).toBe(true);
});

test('passes errors on', async () => {
  const failing = new Readable({ read() {} });
  const pull = await opened(fromIterable(failing));
  const next = pull.next();
  failing.destroy(new Error('broken'));
  await expect(next).rejects.toThrow('broken');
  await pull.close();
});

test('closing does not wait for a pending next', async () => {
  async function* stuck(): AsyncGenerator<number> {
    await new Promise(() => undefined);
    yield 1;
  }
  const pull = await opened(fromIterable(stuck()));
  const next = pull.next();
  await pull.close();
  expect(await next).toEqual({ done: true, value: undefined });
  await pull.close();
});

test('destroys a Readable at once, also during a pending read', async () => {
  const silent = new PassThrough();
  const pull = await opened(fromIterable(silent));
  const next = pull.next();
  await pull.close();
  expect(silent.destroyed).toBe(true);
  expect((await next).done).toBe(true);
});

test('gives up a pending next when the signal aborts', async () => {
  const controller = new AbortController();
  const silent = new PassThrough();
  const pull = await fromIterable(silent).open(controller.signal);
  const next = pull.next();
  controller.abort();
  expect((await next).done).toBe(true);
  expect(silent.destroyed).toBe(true);
  expect((await pull.next()).done).toBe(true);
});

test('opens nothing that is aborted already', async () => {
  const silent = new PassThrough();
  const pull = await fromIterable(silent).open(AbortSignal.abort());
  expect((await pull.next()).done).toBe(true);
  expect(silent.destroyed).toBe(true);
});

test('unsubscribing closes it, and the flow knows', async () => {
  const silent = new PassThrough();
  let closed: Promise<void> | undefined;
  const subscription = withFlow({}, (flow) => {
    closed = flow.closed;
    return fromSource(fromIterable(silent), flow);
  }).subscribe();
  await turn();
  subscription.unsubscribe();
  await closed;
  expect(silent.destroyed).toBe(true);
});
