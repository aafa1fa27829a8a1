import { expect, test } from 'vitest';
import type { MillraceEvent } from '../../../src/events/schema.js';
import { dispensableSink } from '../../../src/streams/sinks/dispensableSink.js';
import { eventSink } from '../../../src/streams/sinks/eventSink.js';
import { recordedRun } from '../../fixtures/events.js';

const [event] = recordedRun() as Iterable<MillraceEvent>;

test('gives a sink nothing more once it has failed, says so once, and closes it', async () => {
  const heard: unknown[] = [];
  let written = 0;
  let closed = false;
  const failing = eventSink(
    () => {
      written += 1;
      throw new Error('full');
    },
    () => {
      closed = true;
      throw new Error('still full');
    },
  );
  const sink = dispensableSink(failing, { name: 'mine', onFailure: (error) => heard.push(error) });
  for (let write = 0; write < 3; write++) await sink.write(event!);
  await sink.close();
  expect(heard).toEqual([new Error('full')]);
  expect([written, closed]).toEqual([1, true]);
});

test('gives up a sink that takes nothing', async () => {
  const heard: unknown[] = [];
  const stalling = { write: () => new Promise<void>(() => undefined), close: () => new Promise<void>(() => undefined) };
  const sink = dispensableSink(stalling, { name: 'mine', onFailure: (error) => heard.push(error), timeoutMs: 5 });
  await sink.write('{}\n', 1);
  await sink.close();
  expect(heard).toMatchObject([{ code: 'SINK_STALLED', path: 'mine' }]);
});

test('waits for a slow one, which misses nothing', async () => {
  const taken: number[] = [];
  const slow = eventSink(async ({ seq }) => {
    await Promise.resolve();
    taken.push(seq);
  });
  const sink = dispensableSink(slow, { name: 'mine', onFailure: () => taken.push(-1) });
  for (let seq = 0; seq < 5; seq++) await sink.write({ ...event!, seq });
  await sink.close();
  expect(taken).toEqual([0, 1, 2, 3, 4]);
});
