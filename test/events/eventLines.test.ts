import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventLines } from '../../src/events/eventLines.js';
import { encodeEvent } from '../../src/events/ndjson.js';
import { recordedRun } from '../fixtures/events.js';

const events = [...recordedRun({ epochs: 1, stepsPerEpoch: 20 })];
const text = Buffer.from(events.map(encodeEvent).join(''));

test('cuts bytes anywhere and finds the same events in the same places', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 20 }), (cuts) => {
      const lines = new EventLines();
      const places = [0, ...cuts.sort((one, other) => one - other), text.length];
      const read = places.slice(1).flatMap((to, index) => lines.push(text.subarray(places[index], to)));
      expect(read.map(({ event }) => event)).toEqual(events);
      for (const [index, { end }] of read.entries()) {
        const before = read[index - 1]?.end ?? 0;
        expect(JSON.parse(text.subarray(before, end).toString())).toMatchObject({ seq: index });
      }
    }),
    { numRuns: 50 },
  );
});

test('begins at a place of the recording', () => {
  const first = text.indexOf('\n') + 1;
  const [line] = new EventLines(first).push(text.subarray(first));
  expect(line).toEqual({ event: events[1], end: text.indexOf('\n', first) + 1 });
});

test('keeps the place of a damaged line, leaves out empty ones and what has no type', () => {
  const lines = new EventLines().push(Buffer.from('{"type":"run"\n\n{"type":"news"}\n{"news":1}\n'));
  expect(lines).toEqual([
    { event: undefined, problem: 'a line is not JSON', end: 14 },
    { event: { type: 'news' }, end: 31 },
  ]);
});

test('holds no line beyond its bound and goes on after it', () => {
  const lines = new EventLines();
  const piece = Buffer.alloc(1024 * 1024, 'x');
  for (let pieces = 0; pieces < 17; pieces++) expect(lines.push(piece)).toEqual([]);
  const [damaged, event] = lines.push(Buffer.concat([Buffer.from('\n'), text.subarray(0, text.indexOf('\n') + 1)]));
  expect(damaged).toMatchObject({ event: undefined, end: 17 * 1024 * 1024 + 1 });
  expect(event?.event).toEqual(events[0]);
});

test('reads a last line without its line feed when asked, and leaves out a torn one', () => {
  const whole = new EventLines();
  expect(whole.push(text.subarray(0, text.indexOf('\n')))).toEqual([]);
  expect(whole.flush().map(({ event }) => event)).toEqual([events[0]]);
  const torn = new EventLines();
  torn.push(text.subarray(0, 40));
  expect(torn.flush()).toEqual([]);
});
