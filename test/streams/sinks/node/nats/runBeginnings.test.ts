import { expect, test } from 'vitest';
import { eventIdText, parseEventId } from '../../../../../src/streams/node/nats/eventId.js';
import { nextAfter } from '../../../../../src/streams/sinks/node/nats/runBeginnings.js';

const whole = { part: 1, parts: 1 };
const beginnings = [
  { seq: 0, begun: 0 },
  { seq: 300, begun: 2000 },
  { seq: 500, begun: 4000 },
];

test.each([
  ['nothing', undefined, 0],
  ['some of the beginning', { seq: 99, begun: 0, ...whole }, 100],
  ['more of the beginning than a resume has left', { seq: 350, begun: 0, ...whole }, 300],
  ['some of the resume', { seq: 420, begun: 2000, ...whole }, 421],
  ['some of a resume that was cut away whole', { seq: 550, begun: 3000, ...whole }, 500],
  ['all', { seq: 600, begun: 4000, ...whole }, 601],
  ['a part of an event', { seq: 99, begun: 0, part: 2, parts: 3 }, 99],
])('a broker that has %s is sent what it lacks', (_, last, next) => {
  expect(nextAfter(last, beginnings)).toBe(next);
});

test.each([
  ['a:7', { seq: 7, begun: 0, ...whole }],
  ['a:7:1764500000000', { seq: 7, begun: 1_764_500_000_000, ...whole }],
  ['a:7:1764500000000/2.3', { seq: 7, begun: 1_764_500_000_000, part: 2, parts: 3 }],
])('the id %s is read as it was written', (text, id) => {
  expect(parseEventId(text)).toEqual(id);
  expect(eventIdText('a', id)).toBe(text);
});

test.each([undefined, '', 'mine', 'a:b', '7'])('the id %s is of someone else', (text) => {
  expect(parseEventId(text)).toBeUndefined();
});
