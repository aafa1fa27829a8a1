import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Sink } from '../../../src/streams/sinks/sink.js';
import { timeoutSink } from '../../../src/streams/sinks/timeoutSink.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A sink that takes what it is given when the test says so. */
function heldSink() {
  const written: string[] = [];
  let take = (): void => undefined;
  const next = (): Promise<void> =>
    new Promise((resolve) => {
      take = resolve;
    });
  const sink: Sink = {
    write(lines) {
      written.push(lines);
      return next();
    },
    close: next,
  };
  return { sink, written, take: () => take() };
}

function begin() {
  const { sink: held, ...rest } = heldSink();
  const stop = new AbortController();
  return { ...rest, stop, sink: timeoutSink(held, { name: 'the reader', stop: stop.signal }) };
}

/** What has become of a promise by now. */
async function fate(promise: void | Promise<void>): Promise<string> {
  let fate = 'waiting';
  Promise.resolve(promise).then(
    () => (fate = 'taken'),
    ({ code }) => (fate = code),
  );
  await vi.advanceTimersByTimeAsync(0);
  return fate;
}

test('is waited for as long as it takes while no one wants an end', async () => {
  const { sink, take } = begin();
  const pending = sink.write('a\n', 1);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(await fate(pending)).toBe('waiting');
  take();
  expect(await fate(pending)).toBe('taken');
});

test.each([
  ['before', 0],
  ['after', 10_000],
])('a write that has begun %s the stop is waited for 1.5 s', async (_, later) => {
  const { sink, stop, written } = begin();
  if (later > 0) stop.abort();
  await vi.advanceTimersByTimeAsync(later);
  const pending = sink.write('a\n', 1);
  stop.abort();
  await vi.advanceTimersByTimeAsync(1499);
  expect(await fate(pending)).toBe('waiting');
  await vi.advanceTimersByTimeAsync(1);
  expect(await fate(pending)).toBe('SINK_STALLED');
  expect(() => sink.write('b\n', 1)).toThrow(
    /^the reader: nothing has been taken for 1\.5 s since the run was asked to end/,
  );
  expect(written).toEqual(['a\n']);
});

test('one that is slow but takes something is never given up', async () => {
  const { sink, stop, take, written } = begin();
  stop.abort();
  for (const line of ['a\n', 'b\n', 'c\n']) {
    const pending = sink.write(line, 1);
    await vi.advanceTimersByTimeAsync(1400);
    take();
    expect(await fate(pending)).toBe('taken');
  }
  expect(written).toEqual(['a\n', 'b\n', 'c\n']);
});

test('is given up while it is being closed, too', async () => {
  const { sink, stop } = begin();
  const closing = sink.close();
  stop.abort();
  closing.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(1500);
  expect(await fate(closing)).toBe('SINK_STALLED');
});

test('once given up, closes without a wait', async () => {
  const { sink, stop } = begin();
  stop.abort();
  const pending = sink.write('a\n', 1);
  void Promise.resolve(pending).catch(() => undefined);
  await vi.advanceTimersByTimeAsync(1500);
  expect(await fate(sink.close())).toBe('taken');
});
