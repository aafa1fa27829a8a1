import { setTimeout as wait } from 'node:timers/promises';
import {
  firstValueFrom,
  lastValueFrom,
  merge,
  Observable,
  of,
  repeat,
  retry,
  throwError,
  timeout,
  toArray,
} from 'rxjs';
import { expect, test } from 'vitest';
import type { Source } from '../../src/data/source.js';
import { OptionError } from '../../src/errors.js';
import { scriptedSource } from '../../src/exports/testing.js';
import type { Flow } from '../../src/streams/flow.js';
import { fromSource } from '../../src/streams/fromSource.js';
import { withFlow } from '../../src/streams/withFlow.js';

const numbers = Array.from({ length: 20 }, (_, index) => index);

/** An Observable in a flow, and that flow once it is subscribed to. */
function flowing<R>(build: (flow: Flow) => Observable<R>, highWaterMark = 4) {
  const made: { flow?: Flow; observed: Observable<R> } = {
    observed: withFlow({ highWaterMark }, (flow) => {
      made.flow = flow;
      return build(flow);
    }),
  };
  return made;
}

function openFlow(highWaterMark?: number): { flow: Flow; end: () => void } {
  const made = flowing(() => new Observable(), highWaterMark);
  const subscription = made.observed.subscribe();
  return { flow: made.flow!, end: () => subscription.unsubscribe() };
}

/** Whether a promise has resolved, after a turn of the event loop. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([promise.then(() => true), wait(2, false)]);
}

test.each([0, -1, 1.5, Number.NaN, Infinity])('refuses a high-water mark of %d', (highWaterMark) => {
  expect(() => withFlow({ highWaterMark }, () => of(1))).toThrow(OptionError);
});

test('has room until as many items are held as the high-water mark says', async () => {
  const { flow } = openFlow(2);
  const first = flow.acquire();
  expect(flow.ready()).toBeUndefined();
  flow.acquire();
  const room = flow.ready()!;
  expect(await settled(room)).toBe(false);
  first();
  first();
  expect(await settled(room)).toBe(true);
  expect(flow.inFlight).toBe(1);
});

test('wakes who waits for room when it ends', async () => {
  const { flow, end } = openFlow(1);
  flow.acquire();
  const room = flow.ready()!;
  end();
  expect(await settled(room)).toBe(true);
  expect(flow.ready()).toBeUndefined();
});

test('gives every subscription a flow of its own', () => {
  const flows: Flow[] = [];
  const observed = withFlow({}, (flow) => {
    flows.push(flow);
    flow.acquire();
    return of(flow.inFlight);
  });
  observed.subscribe();
  observed.subscribe();
  expect(flows.map(({ inFlight }) => inFlight)).toEqual([1, 1]);
  expect(flows[0]).not.toBe(flows[1]);
});

test.each([
  ['completes', of(1)],
  ['fails', throwError(() => 'broken')],
])('aborts and closes what it owns when it %s', async (_, source) => {
  const closed: string[] = [];
  const made = flowing((flow) => {
    flow.own({ close: () => void closed.push('file') });
    flow.own({ close: () => wait(1).then(() => void closed.push('worker')) });
    return source;
  });
  made.observed.subscribe({ error: () => {} });
  expect(made.flow!.signal.aborted).toBe(true);
  expect(closed).toEqual(['file']);
  await made.flow!.closed;
  expect(closed).toEqual(['file', 'worker']);
});

test('begins to close before unsubscribe returns, and resolves closed afterwards', async () => {
  const { flow, end } = openFlow();
  let closing = 0;
  let finish!: () => void;
  flow.own({
    close: () => {
      closing += 1;
      return new Promise((resolve) => (finish = resolve));
    },
  });
  expect(await settled(flow.closed)).toBe(false);
  end();
  expect(closing).toBe(1);
  expect(await settled(flow.closed)).toBe(false);
  finish();
  expect(await settled(flow.closed)).toBe(true);
});

test('closes a resource once: early, or late where it has ended already', () => {
  const { flow, end } = openFlow();
  let [early, late] = [0, 0];
  const release = flow.own({ close: () => void early++ });
  release();
  release();
  end();
  flow.own({ close: () => void late++ });
  expect([early, late]).toEqual([1, 1]);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('stuck');
    },
  ],
  ['rejects', () => Promise.reject(new Error('stuck'))],
])('closes the rest where closing one resource %s', async (_, close) => {
  const { flow, end } = openFlow();
  let closed = 0;
  flow.own({ close });
  flow.own({ close: () => void closed++ });
  end();
  await flow.closed;
  expect(closed).toBe(1);
});

test('pull emits in order, completes and closes', async () => {
  for (const readMs of [() => 0, () => 1, (index: number) => index % 2]) {
    const source = scriptedSource(numbers, { readMs, openMs: readMs(0) });
    const made = flowing((flow) => fromSource(source, flow));
    await expect(lastValueFrom(made.observed.pipe(toArray()))).resolves.toEqual(numbers);
    await made.flow!.closed;
    expect(source).toMatchObject({ opened: 1, closed: 1 });
    expect(made.flow!.inFlight).toBe(0);
  }
});

test('pull asks for nothing before there is room', async () => {
  const source = scriptedSource(numbers);
  const releases: (() => void)[] = [];
  const made = flowing((flow) => fromSource(source, flow), 3);
  const subscription = made.observed.subscribe(() => releases.push(made.flow!.acquire()));
  await wait(2);
  expect(source.pulled).toBe(3);
  releases[0]!();
  await wait(2);
  expect(source.pulled).toBe(4);
  subscription.unsubscribe();
});

test('two sources in one flow share its bound', async () => {
  const sources = [scriptedSource(numbers), scriptedSource(numbers)] as const;
  const made = flowing((flow) => merge(fromSource(sources[0], flow), fromSource(sources[1], flow)), 3);
  const subscription = made.observed.subscribe(() => made.flow!.acquire());
  await wait(2);
  expect(sources[0].pulled + sources[1].pulled).toBe(3);
  subscription.unsubscribe();
  await made.flow!.closed;
  expect(sources.map(({ closed }) => closed)).toEqual([1, 1]);
});

test.each<[string, Parameters<typeof scriptedSource>[1]]>([
  ['opening', { openError: 'broken' }],
  ['opening later', { openError: 'broken', openMs: 1 }],
  ['reading', { failAt: 3, error: 'broken' }],
  ['reading later', { failAt: 3, error: 'broken', readMs: () => 1 }],
])('pull fails with what %s fails with, and closes', async (_, script) => {
  const source = scriptedSource(numbers, script);
  const made = flowing((flow) => fromSource(source, flow));
  await expect(lastValueFrom(made.observed)).rejects.toBe('broken');
  await made.flow!.closed;
  expect(source.closed).toBe(source.opened);
  expect(made.flow!.inFlight).toBe(0);
});

test('pull closes during a pending read that never ends', async () => {
  const source = scriptedSource(numbers, { hangAt: 2, closeMs: 1 });
  const made = flowing((flow) => fromSource(source, flow));
  const subscription = made.observed.subscribe();
  await wait(2);
  subscription.unsubscribe();
  await made.flow!.closed;
  expect(source).toMatchObject({ pulled: 2, opened: 1, closed: 1 });
  expect(made.flow!.inFlight).toBe(0);
});

test('pull ends a pending open through the signal', async () => {
  const source = scriptedSource(numbers, { openMs: 60_000 });
  const made = flowing((flow) => fromSource(source, flow));
  made.observed.subscribe().unsubscribe();
  await made.flow!.closed;
  expect(source.opened).toBe(0);
});

test('closed waits for a source that is opened in spite of the signal', async () => {
  const scripted = scriptedSource(numbers, { closeMs: 2 });
  const deaf: Source<number> = { open: async (signal) => wait(5).then(() => scripted.open(signal)) };
  const made = flowing((flow) => fromSource(deaf, flow));
  made.observed.subscribe().unsubscribe();
  await made.flow!.closed;
  expect(scripted).toMatchObject({ pulled: 0, opened: 1, closed: 1 });
});

test('pull opens nothing in a flow that has ended', () => {
  const source = scriptedSource(numbers);
  const { flow, end } = openFlow();
  end();
  fromSource(source, flow).subscribe();
  expect(source.opened).toBe(0);
});

test('retry and repeat open the source anew, after it is closed, and leave nothing held', async () => {
  const scripted = scriptedSource(numbers, { failAt: 10, failures: 2 });
  const openBefore: number[] = [];
  const source: Source<number> = {
    open(signal) {
      openBefore.push(scripted.opened - scripted.closed);
      return scripted.open(signal);
    },
  };
  const made = flowing((flow) => fromSource(source, flow).pipe(retry(2), repeat(3), toArray()));
  await expect(lastValueFrom(made.observed)).resolves.toHaveLength(2 * 10 + 3 * 20);
  expect(openBefore).toEqual([0, 0, 0, 0, 0]);
  await made.flow!.closed;
  expect(scripted.closed).toBe(5);
  expect(made.flow!.inFlight).toBe(0);
});

test('retry after a time-out releases neither the hanging read nor its place behind', async () => {
  const source = scriptedSource(numbers, { hangAt: 3 });
  const made = flowing((flow) => fromSource(source, flow).pipe(timeout(5), retry(2)), 1);
  await expect(lastValueFrom(made.observed)).rejects.toThrow('Timeout');
  await made.flow!.closed;
  expect(source).toMatchObject({ opened: 3, closed: 3 });
  expect(made.flow!.inFlight).toBe(0);
});

test('timers fire during a long synchronous run', async () => {
  let fired = false;
  setTimeout(() => (fired = true), 1);
  const deadline = performance.now() + 5000;
  // Never waits for anything; ends only when the timer has had its turn.
  const busy: Source<number> = {
    open: () => ({
      next: () =>
        fired || performance.now() > deadline ? { done: true, value: undefined } : { done: false, value: 1 },
      close: () => undefined,
    }),
  };
  await lastValueFrom(flowing((flow) => fromSource(busy, flow)).observed);
  expect(fired).toBe(true);
});

test('a first value can be taken from a source that has more', async () => {
  const source = scriptedSource(numbers);
  const made = flowing((flow) => fromSource(source, flow));
  await expect(firstValueFrom(made.observed)).resolves.toBe(0);
  expect(source).toMatchObject({ pulled: 1, opened: 1, closed: 1 });
});
