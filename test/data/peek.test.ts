import { expect, test, vi } from 'vitest';
import { fromIterable } from '../../src/data/fromIterable.js';
import { peek } from '../../src/data/peek.js';
import { drain } from './drain.js';

const never = new AbortController().signal;

test('knows the first item and gives all of them, from what can be read once only', async () => {
  const once = (function* () {
    yield* [1, 2, 3];
  })();
  const { first, source } = await peek(fromIterable(once), never);
  expect(first).toBe(1);
  expect(await drain(source)).toEqual([1, 2, 3]);
});

test('opened again it begins again', async () => {
  const { source } = await peek(fromIterable([1, 2]), never);
  expect([await drain(source), await drain(source)]).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test('finds nothing in an empty source', async () => {
  const { first, source } = await peek(fromIterable<number>([]), never);
  expect(first).toBeUndefined();
  expect(await drain(source)).toEqual([]);
});

test('closes a source that nobody opens, and one that fails or is given up', async () => {
  const close = vi.fn();
  const next = () => ({ done: false, value: 1 }) as const;
  await (await peek({ open: () => ({ next, close }) }, never)).close();
  expect(close).toHaveBeenCalledTimes(1);
  const failing = (): never => {
    throw new Error('no');
  };
  await expect(peek({ open: () => ({ next: failing, close }) }, never)).rejects.toThrow('no');
  expect(close).toHaveBeenCalledTimes(2);
  await expect(peek({ open: () => ({ next, close }) }, AbortSignal.abort())).rejects.toThrow();
  expect(close).toHaveBeenCalledTimes(3);
});

test('ends with the signal of whoever opens it', async () => {
  let signal: AbortSignal | undefined;
  const { source } = await peek(
    {
      open(given) {
        signal = given;
        return { next: () => ({ done: false, value: 1 }), close: () => undefined };
      },
    },
    never,
  );
  const reader = new AbortController();
  await source.open(reader.signal);
  expect(signal?.aborted).toBe(false);
  reader.abort();
  expect(signal?.aborted).toBe(true);
});
