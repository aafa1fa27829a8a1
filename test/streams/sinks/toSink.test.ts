import { lastValueFrom, map, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import type { MillraceEvent } from '../../../src/events/schema.js';
import { scriptedSource } from '../../../src/exports/testing.js';
import { pipeline } from '../../../src/streams/pipeline.js';
import { eventSink } from '../../../src/streams/sinks/eventSink.js';
import { toSink } from '../../../src/streams/sinks/toSink.js';
import { recordedRun } from '../../fixtures/events.js';

const events = [...recordedRun({ epochs: 1, stepsPerEpoch: 5 })];

function keeping(write: (event: MillraceEvent) => void | Promise<void> = () => undefined) {
  const kept: MillraceEvent[] = [];
  let closed = 0;
  const sink = eventSink(
    (event) => {
      kept.push(event);
      return write(event);
    },
    () => {
      closed += 1;
    },
  );
  return { sink, kept, closed: () => closed };
}

test('gives a sink events as objects, and closes it before the pipeline completes', async () => {
  const { sink, kept, closed } = keeping(() => new Promise((resolve) => setImmediate(resolve)));
  const passed = await lastValueFrom(pipeline(events, toSink(sink), toArray()));
  expect(passed).toEqual(events);
  expect(kept).toEqual(events);
  expect(closed()).toBe(1);
});

test('a sink that takes no more holds the source', async () => {
  const source = scriptedSource(events);
  const { sink, kept, closed } = keeping(() => new Promise(() => undefined));
  const subscription = pipeline(source, toSink(sink)).subscribe();
  await new Promise(setImmediate);
  expect([source.pulled, kept.length]).toEqual([4, 1]);
  subscription.unsubscribe();
  expect(closed()).toBe(1);
});

test('closes the sink where the pipeline fails, and fails with what the sink fails with', async () => {
  const { sink, kept, closed } = keeping();
  const broken = scriptedSource(events, { failAt: 3, error: 'torn' });
  await expect(lastValueFrom(pipeline(broken, toSink(sink)))).rejects.toBe('torn');
  expect([kept.length, closed()]).toEqual([3, 1]);
  const full = keeping(() => Promise.reject(new Error('full')));
  await expect(lastValueFrom(pipeline(events, toSink(full.sink)))).rejects.toThrow('full');
  const unclosable = eventSink(
    () => undefined,
    () => Promise.reject(new Error('not closed')),
  );
  await expect(lastValueFrom(pipeline(events, toSink(unclosable)))).rejects.toThrow('not closed');
});

test('gives a sink of lines lines', async () => {
  const lines: string[] = [];
  const sink = { write: (line: string) => void lines.push(line), close: async () => undefined };
  await lastValueFrom(
    pipeline(
      events,
      map((event) => event),
      toSink(sink),
    ),
  );
  expect(lines.map((line) => JSON.parse(line).type)).toEqual(events.map(({ type }) => type));
});

test('refuses what is no sink', () => {
  expect(() => toSink(console.log as never)).toThrow(
    'sink: expected an object with write and close, found a function.',
  );
  expect(() => eventSink('events.ndjson' as never)).toThrow('write: expected a function of an event');
});
