import { expect, test } from 'vitest';
import { encodeEvent } from '../../../src/events/ndjson.js';
import { unpackEvents, type ViewEvent } from '../../../src/events/packedEvents.js';
import type { MillraceEvent } from '../../../src/events/schema.js';
import { type EventChunk, messagePortSink } from '../../../src/streams/sinks/messagePortSink.js';
import { recordedRun } from '../../fixtures/events.js';

function fakePort() {
  const chunks: EventChunk[] = [];
  return { chunks, postMessage: (chunk: EventChunk) => void chunks.push(chunk) };
}

test('sends lines in chunks, all of them and in order', async () => {
  const port = fakePort();
  const sink = messagePortSink(port);
  for (let line = 0; line < 200; line++) sink.write(`${line}\n`, 1);
  await sink.close();
  expect(port.chunks.map(({ lines }) => lines).join('')).toBe(
    Array.from({ length: 200 }, (_, line) => `${line}\n`).join(''),
  );
  expect(port.chunks.length).toBeLessThan(20);
});

test('makes its writer wait when too much is unacknowledged, until the reader catches up', async () => {
  const port = fakePort();
  const sink = messagePortSink(port);
  let written = 0;
  const writeOne = (): void | Promise<void> => {
    written += 1;
    return sink.write('x\n', 1);
  };
  let waiting = writeOne();
  while (waiting === undefined && written < 100_000) waiting = writeOne();
  expect(written).toBeLessThan(5000);
  expect(port.chunks.reduce((total, { count }) => total + count, 0)).toBe(written);
  sink.acknowledge(written);
  await waiting;
  expect(sink.write('x\n', 1)).toBeUndefined();
  await sink.close();
});

test('does not keep a lone line back', async () => {
  const port = fakePort();
  const sink = messagePortSink(port);
  sink.write('x\n', 1);
  await expect.poll(() => port.chunks.length).toBe(1);
});

test('sends events to whoever shows them as well, all of them and in order', async () => {
  const events = [...recordedRun()];
  const port = fakePort();
  const sink = messagePortSink(port);
  for (const event of events) {
    sink.write(encodeEvent(event), 1);
    sink.show(event);
  }
  await sink.close();
  expect(shownBy(port.chunks)).toEqual(events.map(asShown));
  expect(port.chunks.map(({ lines }) => lines).join('')).toBe(events.map(encodeEvent).join(''));
});

test('shows a lone event, and sends no lines where no one wants them', async () => {
  const [event] = recordedRun();
  const port = fakePort();
  const sink = messagePortSink(port, { lines: false });
  sink.write('x\n', 1);
  sink.show(event!);
  await expect.poll(() => shownBy(port.chunks)).toEqual([event]);
  expect(port.chunks.map(({ lines }) => lines).join('')).toBe('');
  expect(port.chunks.reduce((total, { count }) => total + count, 0)).toBe(1);
});

function shownBy(chunks: readonly EventChunk[]): ViewEvent[] {
  return chunks.flatMap(({ shown }) => unpackEvents(shown));
}

/** Of a loss, what a view looks at. */
function asShown(event: MillraceEvent): ViewEvent {
  if (event.type !== 'loss') return event;
  const { type, epoch, step, elapsedMs, loss, learningRate } = event;
  return { type, epoch, step, elapsedMs, loss, learningRate };
}
