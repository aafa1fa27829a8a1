import { from, lastValueFrom, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { expect, test } from 'vitest';
import { fromIterable } from '../../../src/data/fromIterable.js';
import type { MillraceEvent } from '../../../src/events/schema.js';
import { createStamp } from '../../../src/events/stamp.js';
import type { Flow } from '../../../src/streams/flow.js';
import { fromSource } from '../../../src/streams/fromSource.js';
import { deliver } from '../../../src/streams/sinks/deliver.js';
import type { Sink } from '../../../src/streams/sinks/sink.js';
import { withFlow } from '../../../src/streams/withFlow.js';

const stamp = createStamp({ run: '20261123-120000-abcd', now: () => new Date(0), elapsedMs: () => 1 });
const events = Array.from({ length: 50 }, () =>
  stamp({ type: 'loss', loss: 1, items: 20, learningRate: 0.001 }, { epoch: 1, step: 1 }),
);

/** Takes each line a turn of the event loop later. */
function slowSink(): Sink & { readonly written: string[] } {
  const written: string[] = [];
  return {
    written,
    async write(lines) {
      await new Promise((resolve) => setImmediate(resolve));
      written.push(lines);
    },
    async close() {},
  };
}

const instantSink: Sink = { write: () => undefined, close: async () => undefined };

test('passes every event on, in order, once all sinks have it', async () => {
  const sink = slowSink();
  const delivered = withFlow({}, (flow) => deliver(sink, instantSink)(from(events), flow));
  expect(await lastValueFrom(delivered.pipe(toArray()))).toEqual(events);
  expect(sink.written.map((line) => JSON.parse(line).seq)).toEqual(events.map(({ seq }) => seq));
});

test('makes the source wait for a slow sink', async () => {
  let most = 0;
  const watched = function* (): Generator<MillraceEvent> {
    for (const event of events) {
      most = Math.max(most, flowOf?.inFlight ?? 0);
      yield event;
    }
  };
  let flowOf: Flow | undefined;
  const delivered = withFlow({ highWaterMark: 3 }, (flow) => {
    flowOf = flow;
    return deliver(slowSink())(fromSource(fromIterable(watched()), flow), flow);
  });
  await lastValueFrom(delivered);
  expect(most).toBeLessThanOrEqual(3);
});

test('ends with what a sink fails with', async () => {
  const broken: Sink = { ...instantSink, write: () => Promise.reject(new Error('full')) };
  const delivered = withFlow({}, (flow) => deliver(broken)(from(events), flow));
  await expect(lastValueFrom(delivered)).rejects.toThrow('full');
});

test('passes completion and unsubscribing on', () => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
    const values = { a: events[0]!, b: events[1]! };
    const source = cold('-a-b-|', values);
    const ended = withFlow({}, (flow) => deliver(instantSink)(source, flow));
    expectObservable(ended).toBe('-a-b-|', values);
    expectObservable(ended, '^--!').toBe('-a-', values);
    expectSubscriptions(source.subscriptions).toBe(['^----!', '^--!']);
  });
});
