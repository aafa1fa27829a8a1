import { expect, test } from 'vitest';
import { encodeEvent } from '../../../src/events/ndjson.js';
import type { MillraceEvent } from '../../../src/events/schema.js';
import { eventSink } from '../../../src/streams/sinks/eventSink.js';
import { lineSink } from '../../../src/streams/sinks/lineSink.js';
import { recordedRun } from '../../fixtures/events.js';

test('gives a sink of events the events of its lines, one after the other, and closes it', async () => {
  const events = [...recordedRun({ epochs: 1, stepsPerEpoch: 2 })];
  const kept: (MillraceEvent | string)[] = [];
  const sink = lineSink(
    eventSink(
      async (event) => void kept.push(event),
      () => void kept.push('closed'),
    ),
  );
  await sink.write(events.map(encodeEvent).join(''), events.length);
  await sink.close();
  expect(kept).toEqual([...events, 'closed']);
});

test('leaves a sink of lines as it is', () => {
  const sink = { write: () => undefined, close: async () => undefined };
  expect(lineSink(sink)).toBe(sink);
});
