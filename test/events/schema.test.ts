import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { eventsSchema } from '../../src/events/jsonSchema.js';

const published = JSON.parse(readFileSync(new URL('../../dist/events.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(published);
const golden = readFileSync(new URL('../fixtures/run.ndjson', import.meta.url), 'utf8');
const events = golden
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

test('the schema that is published is the one of the code', () => {
  expect(published).toEqual(eventsSchema());
});

test('every event of the golden run is valid', () => {
  for (const event of events) expect(validate(event), JSON.stringify(validate.errors)).toBe(true);
});

test('the golden run has the order that readers rely on', () => {
  expect(events[0].type).toBe('run');
  expect(events.at(-1).type).toBe('end');
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index));
  expect(new Set(events.map((event) => event.run)).size).toBe(1);
});

test('a missing field, a wrong type and a negative count are refused', () => {
  const loss = events.find((event) => event.type === 'loss');
  const { items: _, ...withoutItems } = loss;
  expect(validate(withoutItems)).toBe(false);
  expect(validate({ ...loss, step: '3' })).toBe(false);
  expect(validate({ ...loss, seq: -1 })).toBe(false);
});

test('fields and numbers that JSON has no word for are allowed', () => {
  const loss = events.find((event) => event.type === 'loss');
  expect(validate({ ...loss, loss: 'NaN' })).toBe(true);
  expect(validate({ ...loss, addedLater: true })).toBe(true);
});
