import { expect, test } from 'vitest';
import { parseEvent } from '../../src/events/ndjson.js';
import { EventPacker, unpackEvents } from '../../src/events/packedEvents.js';
import type { AnyEvent } from '../../src/events/unknownEvent.js';
import { recordedRun } from '../fixtures/events.js';

test('events of unknown types cross a port in their places, with all their fields', () => {
  const music = parseEvent('{"type":"music","song":"la","notes":[1,{"deep":null}]}') as AnyEvent;
  const [first, ...rest] = recordedRun({ epochs: 1, stepsPerEpoch: 3 });
  const packer = new EventPacker();
  for (const event of [music, first!, music, ...rest, music]) packer.add(event);
  const events = unpackEvents(structuredClone(packer.take()));
  expect(events.flatMap((event, place) => (event.type === 'music' ? place : []))).toEqual([0, 2, events.length - 1]);
  expect(events[0]).toEqual(music);
});
